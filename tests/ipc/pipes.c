/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipes.c: pipes, poll and select as on Linux.
 *
 * RUN: sh %S/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"

static char big[200000];

static void basic(void)
{
    int p[2];
    char c[10];

    SAY(pipe2(p, 0x12345));
    SAY(pipe2(p, O_NONBLOCK | O_CLOEXEC));
    SAY(fcntl(p[0], F_GETFL));
    SAY(fcntl(p[1], F_GETFL));
    SAY(fcntl(p[1], F_GETFD));
    SAY(read(p[0], c, 1));
    SAY(read(p[0], c, 0));
    SAY(read(p[1], c, 1));
    SAY(write(p[0], c, 1));
    BITS(p[0]);
    BITS(p[1]);
    SAY(write(p[1], "hello", 5));
    BITS(p[0]);
    int n;
    SAY(ioctl(p[0], FIONREAD, &n));
    SAY(n);
    SAY(read(p[0], c, 2));
    SAY(c[1]);
    SAY(lseek(p[0], 0, SEEK_CUR));
    SAY(read(p[0], c, 10));
    SAY(write(p[1], big, 65536));
    BITS(p[1]);
    SAY(write(p[1], big, 1));
    SAY(read(p[0], big, 4096));
    BITS(p[1]);
    SAY(write(p[1], big, 4096));
    SAY(read(p[0], big, 100000));
    SAY(write(p[1], big, 100000));
    SAY(read(p[0], big, 65536));
    SAY(fcntl(p[0], F_GETPIPE_SZ));
    SAY(fcntl(p[0], F_SETPIPE_SZ, 5000));
    SAY(write(p[1], big, 100000));
    SAY(fcntl(p[0], F_SETPIPE_SZ, 4096));
    SAY(fcntl(p[0], F_SETPIPE_SZ, 16384));
    SAY(read(p[0], big, 100000));
    close(p[1]);
    BITS(p[0]);
    SAY(read(p[0], c, 1));
    close(p[0]);
    SAY(pipe(p));
    SAY(write(p[1], "abc", 3));
    close(p[1]);
    BITS(p[0]);
    SAY(read(p[0], c, 10));
    SAY(read(p[0], c, 10));
    close(p[0]);
    BITS(p[0]);
}

static void broken(void)
{
    int p[2];

    handle(SIGPIPE, 0);
    SAY(pipe(p));
    close(p[0]);
    BITS(p[1]);
    SAY(write(p[1], "x", 1));
    CAUGHT();
    SAY(write(p[1], "x", 0));
    CAUGHT();
    signal(SIGPIPE, SIG_IGN);
    SAY(write(p[1], "x", 1));
    close(p[1]);
}

static void vectors(void)
{
    int p[2];
    char a[4], b[4];
    struct iovec v[3] = {{a, 4}, {NULL, 0}, {b, 4}};
    struct iovec w[2] = {{"abcd", 4}, {"efgh", 4}};

    SAY(pipe2(p, O_NONBLOCK));
    SAY(writev(p[1], w, 2));
    SAY(readv(p[0], v, 3));
    SAY(b[3]);
    SAY(readv(p[0], v, 3));
    SAY(write(p[1], "1234", 4));
    fcntl(p[0], F_SETFL, 0);
    SAY(readv(p[0], v, 3)); /* does not wait for more */
    fcntl(p[0], F_SETFL, O_NONBLOCK);
    SAY(write(p[1], big, 65536 - 4));
    SAY(writev(p[1], w, 2)); /* all or nothing */
    close(p[0]);
    close(p[1]);
}

static void interrupted(void)
{
    int p[2];
    char c;
    struct itimerval soon = {{0, 0}, {0, 50000}};

    handle(SIGALRM, 0);
    SAY(pipe(p));
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(50, read(p[0], &c, 1));
    CAUGHT();
    SAY(write(p[1], big, 65536));
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(50, write(p[1], big, 1));
    CAUGHT();
    SAY(read(p[0], big, 30000));
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(50, write(p[1], big, 60000) >= 28672); /* a part */
    CAUGHT();
    close(p[0]);
    close(p[1]);
}

/* A handler that makes what is waited for true, with SA_RESTART. */
static int feed_to;
static void feed(int sig)
{
    (void)sig;
    write(feed_to, "fed", 3);
}

static void restarted(void)
{
    int p[2];
    char c[8];
    struct sigaction a;
    struct itimerval soon = {{0, 0}, {0, 50000}};

    memset(&a, 0, sizeof a);
    a.sa_handler = feed;
    a.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &a, NULL);
    SAY(pipe(p));
    feed_to = p[1];
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(50, read(p[0], c, 8));
    FROM_NOW;
    setitimer(ITIMER_REAL, &soon, NULL);
    struct pollfd f = {p[0], POLLIN, 0};
    TAKES(50, poll(&f, 1, 1000)); /* never restarted */
    SAY(poll(&f, 1, 1000));
    close(p[0]);
    close(p[1]);
}

static void polls(void)
{
    int p[2], q[2];
    SAY(pipe(p));
    SAY(pipe(q));
    struct pollfd f[4] = {{p[0], POLLIN, 7},
                          {-5, POLLIN, 7},
                          {q[0], POLLIN, 7},
                          {999, POLLIN, 7}};
    SAY(poll(f, 4, 0));
    printf("%x %x %x %x\n", f[0].revents, f[1].revents, f[2].revents,
           f[3].revents);
    TAKES(0, poll(f, 3, 0));
    TAKES(60, poll(f, 3, 60));
    SAY(write(q[1], "x", 1));
    SAY(poll(f, 3, -1));
    printf("%x %x %x\n", f[0].revents, f[1].revents, f[2].revents);
    f[2].events = 0;
    SAY(poll(f, 3, 0));
    close(q[1]);
    SAY(poll(f, 3, 0));
    printf("%x\n", f[2].revents);
    TAKES(40, poll(NULL, 0, 40));
    struct timespec t = {0, 30000000}, bad = {0, 1000000000};
    TAKES(30, ppoll(f, 1, &t, NULL));
    SAY(ppoll(f, 1, &bad, NULL));

    sigset_t block, none;
    sigemptyset(&none);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigprocmask(SIG_BLOCK, &block, NULL);
    handle(SIGUSR1, SA_RESTART);
    raise(SIGUSR1);
    SAY(ppoll(f, 1, &t, &none));
    CAUGHT();
    raise(SIGUSR1);
    SAY(ppoll(f, 1, NULL, &none));
    CAUGHT();
    t.tv_nsec = 0;
    raise(SIGUSR1);
    SAY(ppoll(f, 1, &t, &none));
    CAUGHT();
    raise(SIGUSR1);
    SAY(poll(f, 1, 10));
    CAUGHT();
    fd_set r;
    FD_ZERO(&r);
    FD_SET(p[0], &r);
    SAY(pselect(p[0] + 1, &r, NULL, NULL, NULL, &none));
    CAUGHT();
    SAY(FD_ISSET(p[0], &r));
    sigprocmask(SIG_UNBLOCK, &block, NULL);
    close(p[0]);
    close(p[1]);
    close(q[0]);
}

static void selects(void)
{
    int p[2];
    fd_set r, w, e;
    struct timeval t = {0, 40000};

    SAY(pipe(p));
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_ZERO(&e);
    FD_SET(p[0], &r);
    FD_SET(p[1], &w);
    FD_SET(p[0], &e);
    SAY(select(p[1] + 1, &r, &w, &e, NULL));
    printf("%d %d %d\n", FD_ISSET(p[0], &r), FD_ISSET(p[1], &w),
           FD_ISSET(p[0], &e));
    FD_SET(p[0], &r);
    TAKES(40, select(p[0] + 1, &r, NULL, NULL, &t));
    SAY(FD_ISSET(p[0], &r));
    FD_SET(p[0], &r);
    write(p[1], "x", 1);
    SAY(select(p[0] + 1, &r, NULL, NULL, NULL));
    SAY(FD_ISSET(p[0], &r));
    SAY(select(-1, &r, NULL, NULL, NULL));
    t.tv_usec = 30000;
    TAKES(30, select(0, NULL, NULL, NULL, &t));
    close(p[1]);
    FD_ZERO(&r);
    FD_SET(p[0], &r);
    SAY(read(p[0], big, 10));
    SAY(select(p[0] + 1, &r, NULL, NULL, NULL));
    close(p[0]);
}

int main(void)
{
    static char buffer[60000];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    basic();
    broken();
    vectors();
    interrupted();
    restarted();
    polls();
    selects();
    return 0;
}
