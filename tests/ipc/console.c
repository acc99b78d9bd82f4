/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.c: standard input is an event like others: what comes late is seen
 * when it comes, the time goes on meanwhile, and the end is an event too.
 *
 * RUN: sh %S/Inputs/console.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"
#include <sys/epoll.h>
#include <sys/timerfd.h>

static char text[100];
static void show(int line, long n)
{
    printf("%d [%.*s] %ld\n", line, n > 0 ? (int)n : 0, text, n);
}
#define SHOW(n) show(__LINE__, n)

int main(void)
{
    struct pollfd p = {0, POLLIN, 0};
    struct epoll_event e = {EPOLLIN, {.fd = 0}}, got[2];
    struct itimerspec every = {{0, 20000000}, {0, 20000000}};
    struct itimerval soon = {{0, 0}, {0, 100000}};
    int set = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, 0);
    int ticks = 0;
    uint64_t v;

    /* "first" is there from the start, "second" comes after a second */
    SAY(poll(&p, 1, 20000));
    SAY(p.revents);
    SHOW(read(0, text, 3));
    SAY(poll(&p, 1, 0));
    SHOW(read(0, text, 99));
    SAY(poll(&p, 1, 0));
    TAKES(100, poll(&p, 1, 100));
    SAY(fcntl(0, F_SETFL, O_NONBLOCK));
    SAY(read(0, text, 99));
    SAY(fcntl(0, F_SETFL, 0));
    SAY(fcntl(0, F_GETFL) & O_NONBLOCK);
    handle(SIGALRM, 0);
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(100, read(0, text, 99));
    CAUGHT();

    SAY(epoll_ctl(set, EPOLL_CTL_ADD, 0, &e));
    e.data.fd = timer;
    SAY(epoll_ctl(set, EPOLL_CTL_ADD, timer, &e));
    timerfd_settime(timer, 0, &every, NULL);
    for (;;) {
        int n = epoll_wait(set, got, 2, 20000), in = 0;
        for (int i = 0; i < n; i++) {
            in |= got[i].data.fd == 0 ? got[i].events : 0;
            if (got[i].data.fd == timer)
                ticks += (int)(read(timer, &v, 8), v);
        }
        if (in) {
            printf("%x\n", in);
            break;
        }
    }
    SAY(ticks >= 5);
    SHOW(read(0, text, 99));
    /* the end */
    p.events = POLLIN;
    SAY(poll(&p, 1, 20000));
    SAY(p.revents);
    SHOW(read(0, text, 99));
    SHOW(read(0, text, 99));
    return 0;
}
