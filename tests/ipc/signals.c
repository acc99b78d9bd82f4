/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signals.c: timers that send signals, signals with values, real-time ones,
 * waits for signals, descriptors by the thousand: as on Linux.
 *
 * RUN: sh %S/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"
#include <sys/resource.h>
#include <sys/socket.h>

static int order[64], got;
static void noter(int sig, siginfo_t *info, void *context)
{
    (void)context;
    order[got++] = (sig >= SIGRTMIN ? 1000 * (sig - SIGRTMIN + 1) : sig) +
                   (info->si_code == SI_QUEUE ? info->si_value.sival_int : 0);
}
static void note(int sig, int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = noter;
    a.sa_flags = SA_SIGINFO | flags;
    sigfillset(&a.sa_mask);
    sigaction(sig, &a, NULL);
}
static void say_order(int line)
{
    printf("%d:", line);
    for (int i = 0; i < got; i++)
        printf(" %d", order[i]);
    printf("\n");
    got = 0;
}
#define ORDER() say_order(__LINE__)

static void alarms(void)
{
    struct itimerval v = {{0, 0}, {0, 50000}}, old, zero = {{0, 0}, {0, 0}};

    handle(SIGALRM, 0);
    SAY(alarm(100));
    SAY(alarm(50));
    FROM_NOW;
    SAY(setitimer(ITIMER_REAL, &v, &old));
    SAY(old.it_value.tv_sec);
    TAKES(50, pause());
    CAUGHT();
    SAY(getitimer(ITIMER_REAL, &old));
    SAY(old.it_value.tv_sec + old.it_value.tv_usec);
    SAY(setitimer(7, &v, NULL));
    SAY(getitimer(7, &old));
    v.it_value.tv_usec = 1000000;
    SAY(setitimer(ITIMER_REAL, &v, NULL));
    v.it_value.tv_usec = v.it_interval.tv_usec = 20000;
    FROM_NOW;
    SAY(setitimer(ITIMER_REAL, &v, NULL));
    struct timespec t = {0, 500000000}, left;
    TAKES(20, nanosleep(&t, &left));
    SAY(left.tv_nsec > 100000000 && left.tv_nsec < 490000000);
    TAKES(1, nanosleep(&t, &left));
    CAUGHT();
    SAY(setitimer(ITIMER_REAL, &zero, &old));
    SAY(old.it_interval.tv_usec);
    SAY(sleep(0));
    FROM_NOW;
    SAY(alarm(1));
    TAKES(995, sleep(10) >= 8);
    CAUGHT();
    SAY(usleep(1000));
}

/* A handler runs while the program computes. */
static void computing(void)
{
    struct itimerval v = {{0, 0}, {0, 50000}};
    setitimer(ITIMER_REAL, &v, NULL);
    while (!caught)
        ;
    CAUGHT();
    v.it_value.tv_usec = 30000;
    handle(SIGVTALRM, 0);
    handle(SIGPROF, 0);
    setitimer(ITIMER_VIRTUAL, &v, NULL);
    while (!caught)
        ;
    CAUGHT();
    setitimer(ITIMER_PROF, &v, NULL);
    while (!caught)
        ;
    CAUGHT();
}

static void values(void)
{
    union sigval v = {.sival_int = 1};
    sigset_t all, some, none;
    siginfo_t info;
    struct timespec t = {0, 30000000}, zero = {0, 0};

    sigemptyset(&none);
    sigfillset(&all);
    for (int i = 0; i < 3; i++)
        note(SIGRTMIN + i, 0);
    note(SIGUSR1, 0);
    note(SIGUSR2, 0);
    sigprocmask(SIG_SETMASK, &all, NULL);
    for (int i = 1; i < 5; i++) {
        v.sival_int = i;
        sigqueue(getpid(), SIGRTMIN + 1, v);
        sigqueue(getpid(), SIGUSR1, v);
    }
    kill(getpid(), SIGRTMIN + 1);
    kill(getpid(), SIGRTMIN + 1);
    sigprocmask(SIG_SETMASK, &none, NULL);
    ORDER();

    sigemptyset(&some);
    sigaddset(&some, SIGUSR2);
    sigaddset(&some, SIGRTMIN + 2);
    sigprocmask(SIG_BLOCK, &some, NULL);
    SAY(sigtimedwait(&some, &info, &zero));
    TAKES(30, sigtimedwait(&some, &info, &t));
    v.sival_int = 77;
    sigqueue(getpid(), SIGRTMIN + 2, v);
    raise(SIGUSR2);
    SAY(sigwaitinfo(&some, &info));
    SAY(info.si_code);
    SAY(sigwaitinfo(&some, &info) - SIGRTMIN);
    SAY(info.si_code);
    SAY(info.si_value.sival_int);
    SAY(sigpending(&none));
    SAY(sigismember(&none, SIGUSR2));
    raise(SIGUSR2);
    SAY(sigpending(&none));
    SAY(sigismember(&none, SIGUSR2));
    int sig;
    SAY(sigwait(&some, &sig));
    SAY(sig);
    handle(SIGALRM, 0);
    struct itimerval soon = {{0, 0}, {0, 30000}};
    sigaddset(&some, SIGALRM);
    sigprocmask(SIG_BLOCK, &some, NULL);
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(30, sigwaitinfo(&some, &info));
    SAY(info.si_code);
    sigemptyset(&none);
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(30, sigsuspend(&none));
    CAUGHT();
    sigprocmask(SIG_SETMASK, &none, NULL);
    SAY(sigqueue(getpid(), 999, v));
    SAY(sigqueue(getpid(), 0, v));
    /* what nobody handles and does no harm is not even a pending signal */
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    raise(SIGCHLD);
    raise(SIGWINCH);
    TAKES(30, pause());
    CAUGHT();
}

static void posix_timers(void)
{
    timer_t a, b, c;
    struct sigevent e = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct sigevent quiet = {.sigev_notify = SIGEV_NONE};
    struct itimerspec t = {{0, 0}, {0, 40000000}}, old;

    e.sigev_value.sival_int = 99;
    handle(SIGUSR1, 0);
    SAY(timer_create(1234, &e, &a));
    SAY(timer_create(CLOCK_MONOTONIC, &e, &a));
    SAY(timer_create(CLOCK_REALTIME, NULL, &b));
    SAY(timer_create(CLOCK_MONOTONIC, &quiet, &c));
    FROM_NOW;
    SAY(timer_settime(a, 0, &t, &old));
    SAY(old.it_value.tv_sec + old.it_value.tv_nsec);
    TAKES(40, pause());
    SAY(caught_value);
    CAUGHT();
    SAY(timer_getoverrun(a));
    FROM_NOW;
    clock_gettime(CLOCK_REALTIME, &t.it_value);
    t.it_value.tv_nsec += 40000000;
    if (t.it_value.tv_nsec >= 1000000000) {
        t.it_value.tv_nsec -= 1000000000;
        t.it_value.tv_sec++;
    }
    handle(SIGALRM, 0);
    SAY(timer_settime(b, TIMER_ABSTIME, &t, NULL));
    TAKES(38, pause());
    CAUGHT();
    t = (struct itimerspec){{0, 0}, {100, 0}};
    SAY(timer_settime(c, 0, &t, NULL));
    SAY(timer_gettime(c, &old));
    SAY(old.it_value.tv_sec);
    t.it_value.tv_nsec = 1000000000;
    SAY(timer_settime(c, 0, &t, NULL));
    /* what comes while it is pending is an overrun */
    sigset_t usr, none;
    siginfo_t info;
    sigemptyset(&none);
    sigemptyset(&usr);
    sigaddset(&usr, SIGUSR1);
    sigprocmask(SIG_BLOCK, &usr, NULL);
    t = (struct itimerspec){{0, 10000000}, {0, 10000000}};
    SAY(timer_settime(a, 0, &t, NULL));
    usleep(65000);
    t = (struct itimerspec){{0, 0}, {0, 0}};
    SAY(sigwaitinfo(&usr, &info));
    SAY(info.si_code);
    SAY(info.si_overrun >= 4 && info.si_overrun < 1000);
    SAY(timer_getoverrun(a) == info.si_overrun);
    SAY(timer_settime(a, 0, &t, NULL));
    sigprocmask(SIG_UNBLOCK, &usr, NULL);
    SAY(timer_delete(a));
    SAY(timer_delete(b));
    SAY(timer_delete(c));
    caught = 0;
}

static void descriptors(void)
{
    struct rlimit l;
    int n = 0, fd, p[2];

    for (int i = 3; i < 1000; i++)
        close(i); /* what a shell may have left open */
    getrlimit(RLIMIT_NOFILE, &l);
    l.rlim_cur = l.rlim_max < 20000 ? l.rlim_max : 20000;
    SAY(setrlimit(RLIMIT_NOFILE, &l));
    int first = dup(0);
    while ((fd = dup(0)) == first + 1 + n)
        n++;
    SAY(fd);
    SAY(first + 1 + n);
    SAY(close(12345));
    SAY(close(10000));
    SAY(dup(0));
    SAY(dup(0));
    SAY(dup(0));
    SAY(fcntl(0, F_DUPFD, 20000));
    SAY(fcntl(0, F_DUPFD, 19999));
    SAY(dup2(0, 20000));
    SAY(dup2(0, 15000));
    SAY(close(777));
    SAY(pipe(p));
    SAY(dup(0));
    SAY(fcntl(19999, F_SETFD, FD_CLOEXEC));
    SAY(fcntl(19999, F_GETFD));
    SAY(fcntl(19998, F_GETFD));
    for (int i = first; i < 20000; i += 2)
        close(i);
    SAY(dup(0) == first);
    SAY(dup(0) == first + 2);
    SAY(fcntl(0, F_DUPFD, 19000));
    SAY(fcntl(0, F_DUPFD, 19000));
    for (int i = first; i < 20000; i++)
        close(i);
    l.rlim_cur = first + 1;
    SAY(setrlimit(RLIMIT_NOFILE, &l));
    SAY(dup(0) == first);
    SAY(dup(0));
    SAY(socket(AF_UNIX, SOCK_STREAM, 0));
    SAY(pipe(p));
    SAY(open(".", O_RDONLY));
    close(first);
    SAY(pipe(p));
    SAY(dup(0) == first);
    SAY(poll(NULL, 100000, 0));
}

int main(void)
{
    static char buffer[60000];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    alarms();
    computing();
    values();
    posix_timers();
    descriptors();
    return 0;
}
