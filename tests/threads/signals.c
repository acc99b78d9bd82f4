/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals.c: signals of threads, and cancellation, as on Linux.
 *
 * RUN: sh %S/../ipc/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SAY(x) printf("%s = %ld\n", #x, (long)(x))

static volatile sig_atomic_t got, alarms, code;
static pthread_t who;

static void handler(int sig)
{
    got++;
    who = pthread_self();
}

static void on_alarm(int sig)
{
    alarms++;
}

static void with_info(int sig, siginfo_t *info, void *context)
{
    code = info->si_code;
}

/* ---- a handler runs in the thread that was meant ---- */

static void *sleeps(void *p)
{
    struct timespec t = {5, 0}, left = {0};
    int r = nanosleep(&t, &left);

    return (void *)(long)(r == -1 && errno == EINTR && left.tv_sec == 4);
}

static void *polls(void *p)
{
    int r = poll(NULL, 0, 5000);

    return (void *)(long)(r == -1 && errno == EINTR);
}

static void *computes(void *p)
{
    int before = got;
    unsigned long n = 0;

    while (got == before)
        n++;
    return (void *)(long)pthread_equal(who, pthread_self());
}

static void *reads(void *p) /* SA_RESTART: goes on */
{
    char c = 0;

    return (void *)(long)(read(*(int *)p, &c, 1) == 1 ? c : -errno);
}

static void aimed(void)
{
    void *(*const all[])(void *) = {sleeps, polls, computes};
    struct sigaction a = {.sa_handler = handler};
    int fd[2];
    pthread_t t;
    void *r;

    sigaction(SIGUSR1, &a, NULL);
    for (int i = 0; i < 3; i++) {
        pthread_create(&t, NULL, all[i], NULL);
        usleep(20000);
        SAY(pthread_kill(t, SIGUSR1));
        SAY(pthread_join(t, &r));
        SAY(r);
        SAY(pthread_equal(who, t));
    }
    a.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &a, NULL);
    SAY(pipe(fd));
    pthread_create(&t, NULL, reads, fd);
    usleep(20000);
    pthread_kill(t, SIGUSR1);
    usleep(20000);
    SAY(write(fd[1], "x", 1));
    pthread_join(t, &r);
    SAY(r);
    SAY(got);
}

/* ---- masks, sigwait, pending ---- */

static void *waits(void *p)
{
    int sig = 0;

    SAY(sigwait(p, &sig));
    return (void *)(long)sig;
}

static void waited(void)
{
    struct sigaction a = {.sa_sigaction = with_info, .sa_flags = SA_SIGINFO};
    sigset_t set, now;
    pthread_t t;
    void *r;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    SAY(pthread_sigmask(SIG_BLOCK, &set, NULL));
    pthread_create(&t, NULL, waits, &set);
    usleep(20000);
    SAY(kill(getpid(), SIGUSR2));
    pthread_join(t, &r);
    SAY(r);
    sigaction(SIGUSR2, &a, NULL);
    SAY(pthread_kill(pthread_self(), SIGUSR2));
    SAY(sigpending(&now));
    SAY(sigismember(&now, SIGUSR2));
    SAY(code);
    SAY(pthread_sigmask(SIG_UNBLOCK, &set, NULL));
    SAY(code == SI_TKILL);
}

/* ---- timers ---- */

static sigjmp_buf back;

static void jump(int sig)
{
    siglongjmp(back, 1);
}

static void timed(void)
{
    struct itimerval every = {{0, 10000}, {0, 10000}}, none = {0};

    signal(SIGALRM, on_alarm);
    SAY(setitimer(ITIMER_REAL, &every, NULL));
    while (alarms < 5) /* without any call */
        ;
    SAY(setitimer(ITIMER_REAL, &none, NULL));
    signal(SIGALRM, jump);
    every.it_interval.tv_usec = 0;
    if (!sigsetjmp(back, 1)) {
        setitimer(ITIMER_REAL, &every, NULL);
        for (;;)
            ;
    }
    puts("jumped out");
}

/* ---- cancellation ---- */

static void cleanup(void *p)
{
    printf("cleanup %s\n", (char *)p);
}

static void *blocks(void *p)
{
    char c;

    pthread_cleanup_push(cleanup, "read");
    read(*(int *)p, &c, 1);
    pthread_cleanup_pop(0);
    return NULL;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void unlock(void *p)
{
    puts("cleanup cond");
    pthread_mutex_unlock(&mutex);
}

static void *waits_cond(void *p)
{
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, NULL);
    for (;;)
        pthread_cond_wait(&cond, &mutex);
    pthread_cleanup_pop(0);
    return NULL;
}

static void *at_once(void *p)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    for (;;)
        ;
}

static void *refuses(void *p)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    usleep(40000);
    puts("not yet");
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_testcancel();
    puts("never");
    return NULL;
}

static void canceled(void)
{
    void *(*const all[])(void *) = {blocks, waits_cond, at_once, refuses};
    int fd[2];
    pthread_t t;
    void *r;

    SAY(pipe(fd));
    for (int i = 0; i < 4; i++) {
        pthread_create(&t, NULL, all[i], fd);
        usleep(20000);
        SAY(pthread_cancel(t));
        SAY(pthread_join(t, &r));
        SAY(r == PTHREAD_CANCELED);
    }
    SAY(pthread_mutex_trylock(&mutex));
}

int main(void)
{
    aimed();
    waited();
    timed();
    canceled();
    return 0;
}
