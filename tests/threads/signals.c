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
static volatile int begun; /* a thread is about to do what it is for */

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
    begun = 1;
    int r = nanosleep(&t, &left);

    return (void *)(long)(r == -1 && errno == EINTR && left.tv_sec == 4);
}

static void *polls(void *p)
{
    begun = 1;
    int r = poll(NULL, 0, 5000);

    return (void *)(long)(r == -1 && errno == EINTR);
}

static void *computes(void *p)
{
    int before = got;
    unsigned long n = 0;

    begun = 1;
    while (got == before)
        n++;
    return (void *)(long)pthread_equal(who, pthread_self());
}

static void *reads(void *p) /* SA_RESTART: goes on */
{
    char c = 0;

    begun = 1;
    return (void *)(long)(read(*(int *)p, &c, 1) == 1 ? c : -errno);
}

static void wait_until_begun(void)
{
    while (!begun)
        usleep(1000);
    begun = 0;
    usleep(50000);
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
        wait_until_begun();
        SAY(pthread_kill(t, SIGUSR1));
        SAY(pthread_join(t, &r));
        SAY(r);
        SAY(pthread_equal(who, t));
    }
    a.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &a, NULL);
    SAY(pipe(fd));
    pthread_create(&t, NULL, reads, fd);
    wait_until_begun();
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

    begun = 1;
    if (sigwait(p, &sig) != 0)
        sig = -1;
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
    wait_until_begun();
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

static const char *said; /* by a thread, for whoever joins it */

static void cleanup(void *p)
{
    said = p;
}

static void *blocks(void *p)
{
    char c;

    begun = 1;
    pthread_cleanup_push(cleanup, "read");
    read(*(int *)p, &c, 1);
    pthread_cleanup_pop(0);
    return NULL;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void unlock(void *p)
{
    said = "cond";
    pthread_mutex_unlock(&mutex);
}

static void *waits_cond(void *p)
{
    pthread_mutex_lock(&mutex);
    begun = 1;
    pthread_cleanup_push(unlock, NULL);
    for (;;)
        pthread_cond_wait(&cond, &mutex);
    pthread_cleanup_pop(0);
    return NULL;
}

static void *at_once(void *p)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    begun = 1;
    for (;;)
        ;
}

static void *refuses(void *p)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    begun = 1;
    usleep(200000);
    said = "not yet";
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_testcancel();
    said = "never";
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
        wait_until_begun();
        SAY(pthread_cancel(t));
        SAY(pthread_join(t, &r));
        SAY(r == PTHREAD_CANCELED);
        puts(said ? said : "nothing");
        said = NULL;
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
