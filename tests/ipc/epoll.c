/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.c: epoll, eventfd, timerfd and signalfd as on Linux.
 *
 * RUN: sh %S/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

static int events(int line, int e, int most, int ms)
{
    struct epoll_event got[8];
    errno = 0;
    int n = epoll_wait(e, got, most, ms);
    printf("%d epoll_wait = %d", line, n);
    if (n < 0)
        printf(" (%d)", errno);
    for (int i = 0; i < n; i++)
        printf(" %x:%d", got[i].events, (int)got[i].data.u64);
    printf("\n");
    return n;
}
#define EVENTS(e, ms) events(__LINE__, e, 8, ms)
#define EVENTS_MOST(e, most, ms) events(__LINE__, e, most, ms)

static int ctl(int e, int op, int fd, unsigned bits, int data)
{
    struct epoll_event ev = {bits, {.u64 = (unsigned)data}};
    return epoll_ctl(e, op, fd, &ev);
}
#define ADD EPOLL_CTL_ADD
#define MOD EPOLL_CTL_MOD
#define DEL EPOLL_CTL_DEL

static char big[70000];

static void basic(void)
{
    int p[2], q[2], e;

    SAY(epoll_create(0));
    SAY(epoll_create1(12345));
    SAY(e = epoll_create1(EPOLL_CLOEXEC));
    SAY(pipe2(p, O_NONBLOCK));
    SAY(pipe2(q, O_NONBLOCK));
    SAY(ctl(e, ADD, p[0], EPOLLIN, 1));
    SAY(ctl(e, ADD, p[0], EPOLLIN, 1));
    SAY(ctl(e, MOD, q[0], EPOLLIN, 1));
    SAY(ctl(e, DEL, q[0], EPOLLIN, 1));
    SAY(ctl(e, ADD, 77, EPOLLIN, 1));
    SAY(ctl(77, ADD, p[0], EPOLLIN, 1));
    SAY(ctl(p[0], ADD, q[0], EPOLLIN, 1));
    SAY(ctl(e, ADD, e, EPOLLIN, 1));
    SAY(ctl(e, 9, p[0], EPOLLIN, 1));
    SAY(epoll_wait(e, NULL, 0, 0));
    struct epoll_event ev;
    SAY(epoll_wait(p[0], &ev, 1, 0));
    SAY(epoll_wait(77, &ev, 1, 0));
    char c;
    SAY(read(e, &c, 1));
    SAY(write(e, &c, 1));
    int file = open("plain", O_RDWR | O_CREAT, 0600);
    SAY(ctl(e, ADD, file, EPOLLIN, 1));
    close(file);
    EVENTS(e, 0);
    TAKES(50, epoll_wait(e, &ev, 1, 50));
    write(p[1], "abc", 3);
    EVENTS(e, -1);
    EVENTS(e, 0);
    BITS(e);
    read(p[0], &c, 1);
    EVENTS(e, 0);
    SAY(ctl(e, ADD, p[1], EPOLLOUT, 2));
    EVENTS(e, 0);
    EVENTS_MOST(e, 1, 0);
    EVENTS_MOST(e, 1, 0);
    EVENTS_MOST(e, 1, 0);
    SAY(ctl(e, MOD, p[1], 0, 3));
    EVENTS(e, 0);
    SAY(ctl(e, DEL, p[1], 0, 0));
    SAY(ctl(e, DEL, p[1], 0, 0));
    read(p[0], big, 100);
    EVENTS(e, 0);
    BITS(e);
    close(p[1]);
    EVENTS(e, 0);
    SAY(ctl(e, ADD, q[1], EPOLLIN, 5)); /* for errors alone */
    close(q[0]);
    EVENTS(e, 0);
    close(p[0]);
    close(q[1]);
    EVENTS(e, 0);
    close(e);
}

static void edges(void)
{
    int p[2], e = epoll_create1(0);
    char c;

    pipe2(p, O_NONBLOCK);
    write(p[1], "a", 1);
    SAY(ctl(e, ADD, p[0], EPOLLIN | EPOLLET, 1));
    EVENTS(e, 0);
    EVENTS(e, 0);
    write(p[1], "b", 1);
    EVENTS(e, 0);
    EVENTS(e, 0);
    read(p[0], &c, 1);
    EVENTS(e, 0);
    SAY(ctl(e, MOD, p[0], EPOLLIN | EPOLLET, 2));
    EVENTS(e, 0);
    EVENTS(e, 0);
    read(p[0], &c, 1);
    SAY(ctl(e, ADD, p[1], EPOLLOUT | EPOLLET, 3));
    EVENTS(e, 0);
    EVENTS(e, 0);
    write(p[1], big, 65536);
    EVENTS(e, 0);
    read(p[0], big, 65536);
    EVENTS(e, 0);
    EVENTS(e, 0);
    SAY(ctl(e, MOD, p[0], EPOLLIN | EPOLLONESHOT, 4));
    write(p[1], "c", 1);
    EVENTS(e, 0);
    write(p[1], "d", 1);
    EVENTS(e, 0);
    SAY(ctl(e, MOD, p[0], EPOLLIN | EPOLLONESHOT, 5));
    EVENTS(e, 0);
    close(p[1]);
    EVENTS(e, 0); /* not even a hang-up */
    SAY(ctl(e, MOD, p[0], EPOLLIN | EPOLLONESHOT, 6));
    EVENTS(e, 0);
    close(p[0]);
    close(e);
}

static void exclusive(void)
{
    int p[2], e = epoll_create1(0), inner = epoll_create1(0);

    pipe(p);
    SAY(ctl(e, ADD, p[0], EPOLLIN | EPOLLEXCLUSIVE, 1));
    SAY(ctl(e, MOD, p[0], EPOLLIN | EPOLLEXCLUSIVE, 1));
    SAY(ctl(e, MOD, p[0], EPOLLIN, 1));
    SAY(ctl(e, ADD, p[1], EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT, 1));
    SAY(ctl(e, ADD, inner, EPOLLIN | EPOLLEXCLUSIVE, 1));
    write(p[1], "x", 1);
    EVENTS(e, 0);
    close(p[0]);
    close(p[1]);
    close(e);
    close(inner);
}

static void nested(void)
{
    int a = epoll_create1(0), b = epoll_create1(0), c = epoll_create1(0), p[2];
    char x;

    pipe(p);
    SAY(ctl(a, ADD, b, EPOLLIN, 1));
    SAY(ctl(b, ADD, a, EPOLLIN, 1));
    SAY(ctl(b, ADD, c, EPOLLIN, 2));
    SAY(ctl(c, ADD, a, EPOLLIN, 3));
    SAY(ctl(c, ADD, p[0], EPOLLIN, 4));
    EVENTS(a, 0);
    write(p[1], "x", 1);
    EVENTS(a, 0);
    EVENTS(b, 0);
    EVENTS(c, 0);
    BITS(a);
    read(p[0], &x, 1);
    BITS(a);
    EVENTS(a, 0);
    EVENTS(b, 0);
    SAY(ctl(a, MOD, b, EPOLLIN | EPOLLET, 1));
    write(p[1], "x", 1);
    EVENTS(a, 0);
    EVENTS(a, 0);
    close(b);
    EVENTS(a, 0);
    int chain[8];
    for (int i = 0; i < 8; i++)
        chain[i] = epoll_create1(0);
    for (int i = 0; i < 7; i++)
        printf("%d ", ctl(chain[i + 1], ADD, chain[i], EPOLLIN, 0));
    printf("\n");
    for (int i = 0; i < 8; i++)
        close(chain[i]);
    close(a);
    close(c);
    close(p[0]);
    close(p[1]);
}

static void duplicates(void)
{
    int p[2], e = epoll_create1(0);

    pipe(p);
    int d = dup(p[0]);
    SAY(ctl(e, ADD, p[0], EPOLLIN, 1));
    SAY(ctl(e, ADD, d, EPOLLIN, 2));
    write(p[1], "x", 1);
    EVENTS(e, 0);
    SAY(ctl(e, DEL, d, EPOLLIN, 2));
    close(p[0]);
    EVENTS(e, 0); /* the file is still open */
    SAY(ctl(e, DEL, p[0], EPOLLIN, 1));
    int again = dup2(d, p[0]);
    SAY(ctl(e, DEL, again, EPOLLIN, 1)); /* now it is found again */
    EVENTS(e, 0);
    SAY(ctl(e, ADD, d, EPOLLIN, 3));
    EVENTS(e, 0);
    close(d);
    close(again);
    EVENTS(e, 0);
    close(p[1]);
    close(e);
}

static void counters(void)
{
    uint64_t v;
    int e = eventfd(5, EFD_NONBLOCK), s = eventfd(3, EFD_SEMAPHORE), set;

    SAY(eventfd(0, 0x1000));
    SAY(fcntl(e, F_GETFL));
    SAY(read(e, &v, 7));
    SAY(read(e, &v, 8));
    SAY(v);
    SAY(read(e, &v, 8));
    BITS(e);
    v = UINT64_MAX;
    SAY(write(e, &v, 8));
    v = UINT64_MAX - 1;
    SAY(write(e, &v, 8));
    BITS(e);
    v = 1;
    SAY(write(e, &v, 8));
    SAY(write(e, &v, 4));
    SAY(read(e, &v, 100));
    SAY(v == UINT64_MAX - 1);
    SAY(read(s, &v, 8));
    SAY(v);
    SAY(read(s, &v, 8));
    SAY(v);
    BITS(s);
    SAY(read(s, &v, 8));
    BITS(s);
    set = epoll_create1(0);
    SAY(ctl(set, ADD, e, EPOLLIN | EPOLLET, 1));
    v = 1;
    EVENTS(set, 0);
    write(e, &v, 8);
    EVENTS(set, 0);
    EVENTS(set, 0);
    write(e, &v, 8);
    EVENTS(set, 0);
    read(e, &v, 8);
    SAY(v);
    EVENTS(set, 0);
    struct itimerval soon = {{0, 0}, {0, 30000}};
    handle(SIGALRM, 0);
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(30, read(s, &v, 8));
    CAUGHT();
    close(e);
    close(s);
    close(set);
}

static void times(void)
{
    uint64_t v = 0;
    struct itimerspec t = {{0, 0}, {0, 40000000}}, old;
    int f = timerfd_create(CLOCK_MONOTONIC, 0), e = epoll_create1(0);

    SAY(timerfd_create(1234, 0));
    SAY(timerfd_create(CLOCK_MONOTONIC, 1));
    SAY(timerfd_settime(0, 0, &t, NULL));
    SAY(timerfd_settime(f, 8, &t, NULL));
    FROM_NOW;
    SAY(timerfd_settime(f, 0, &t, &old));
    SAY(old.it_value.tv_sec + old.it_value.tv_nsec);
    SAY(read(f, &v, 4));
    SAY(ctl(e, ADD, f, EPOLLIN, 1));
    BITS(f);
    TAKES(40, read(f, &v, 8));
    SAY(v);
    SAY(timerfd_gettime(f, &old));
    SAY(old.it_value.tv_sec + old.it_value.tv_nsec);
    t.it_interval.tv_nsec = 10000000;
    FROM_NOW;
    SAY(timerfd_settime(f, 0, &t, NULL));
    TAKES(40, EVENTS(e, -1));
    usleep(25000);
    SAY(read(f, &v, 8));
    SAY(v >= 3);
    SAY(timerfd_gettime(f, &old));
    SAY(old.it_interval.tv_nsec);
    SAY(old.it_value.tv_nsec > 0 && old.it_value.tv_nsec <= 10000000);
    memset(&t, 0, sizeof t);
    SAY(timerfd_settime(f, 0, &t, &old));
    SAY(old.it_interval.tv_nsec);
    EVENTS(e, 30);
    t.it_value.tv_nsec = 1; /* long ago */
    SAY(timerfd_settime(f, TFD_TIMER_ABSTIME, &t, NULL));
    SAY(read(f, &v, 8));
    SAY(v);
    close(f);
    f = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK);
    SAY(ctl(e, ADD, f, EPOLLIN | EPOLLET, 2));
    FROM_NOW;
    clock_gettime(CLOCK_REALTIME, &t.it_value);
    t.it_value.tv_nsec += 50000000;
    if (t.it_value.tv_nsec >= 1000000000) {
        t.it_value.tv_nsec -= 1000000000;
        t.it_value.tv_sec++;
    }
    SAY(timerfd_settime(f, TFD_TIMER_ABSTIME, &t, NULL));
    SAY(read(f, &v, 8));
    TAKES(49, EVENTS(e, 3000));
    EVENTS(e, 0);
    SAY(read(f, &v, 8));
    t.it_value.tv_nsec = 1000000000;
    SAY(timerfd_settime(f, 0, &t, NULL));
    while (read(f, &v, 8) == 8)
        ;
    t = (struct itimerspec){{0, 0}, {0, 20000000}};
    timerfd_settime(f, 0, &t, NULL);
    while (read(f, &v, 8) != 8) /* without a wait */
        ;
    SAY(v);
    close(f);
    close(e);
}

static void signals(void)
{
    sigset_t set, both;
    struct signalfd_siginfo got[4];
    union sigval v = {.sival_int = 42};

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    both = set;
    sigaddset(&both, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &both, NULL);
    int f = signalfd(-1, &set, SFD_NONBLOCK), e = epoll_create1(0);
    SAY(ctl(e, ADD, f, EPOLLIN, 1));
    SAY(read(f, got, sizeof got));
    EVENTS(e, 0);
    SAY(kill(getpid(), SIGUSR1));
    EVENTS(e, 0);
    BITS(f);
    SAY(read(f, got, 100));
    SAY(read(f, got, sizeof got) / sizeof *got);
    SAY(got[0].ssi_signo);
    SAY(got[0].ssi_code);
    EVENTS(e, 0);
    sigqueue(getpid(), SIGRTMIN + 1, v);
    v.sival_int++;
    sigqueue(getpid(), SIGRTMIN + 1, v);
    raise(SIGUSR1);
    EVENTS(e, 0);
    SAY(signalfd(f, &both, 0) == f);
    SAY(read(f, got, sizeof got) / sizeof *got);
    for (int i = 0; i < 3; i++)
        printf("%d %d %d\n", got[i].ssi_signo - (i ? SIGRTMIN : 0),
               got[i].ssi_code, got[i].ssi_int);
    EVENTS(e, 0);
    SAY(signalfd(e, &both, 0));
    SAY(signalfd(99, &both, 0));
    close(e);
    close(f);
}

/* Many that are idle, and one that is not. */
static void many(void)
{
    enum {
        N = 900
    };
    int e = epoll_create1(0), fds[N];
    uint64_t v = 1;

    for (int i = 0; i < N; i++) {
        fds[i] = eventfd(0, 0);
        if (ctl(e, ADD, fds[i], EPOLLIN, i))
            SAY(i);
    }
    write(fds[777], &v, 8);
    EVENTS(e, -1);
    close(fds[777]);
    EVENTS(e, 0);
    SAY(eventfd(0, 0) == fds[777]);
    for (int i = 0; i < N; i++)
        close(fds[i]);
    SAY(eventfd(0, 0) == fds[0]);
    close(fds[0]);
    close(e);
}

int main(void)
{
    static char buffer[60000];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    basic();
    edges();
    exclusive();
    nested();
    duplicates();
    counters();
    times();
    signals();
    many();
    return 0;
}
