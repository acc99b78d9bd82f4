/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.c: the same random calls on pipes, sockets of AF_UNIX, counters and
 * epoll sets of posix/core, under ASan, and of the Linux that runs the test.
 * Results, bytes, poll bits and events must be equal, and at the end all
 * memory is given back. Nothing waits. Channels are kept far from full, where
 * Linux counts what we do not. The control: a call left out on one side.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s -- posix/core fs/ramfs fs/devfs \
 * RUN:     console/full clock/platform random/platform log/console sched/none
 * RUN: %t 1 40 4000 | FileCheck %s
 * RUN: not %t 1 1 4000 control | FileCheck %s --check-prefix=CONTROL
 * CHECK: 40 worlds of 4000 calls, all the same
 * CONTROL: differs
 */
#define _GNU_SOURCE
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <uc/mem.h>
#include <uc/sys.h>
#include <unistd.h>

enum {
    FILES_MOST = 24,
    IN_FLIGHT = 12, /* writes since it was last empty */
    MOST = 3000,    /* bytes of one */
};

enum kind {
    FREE,
    PIPE,
    SOCKET,
    COUNTER,
    SET
};
struct both {
    enum kind kind;
    int us, them;
    int channel, end; /* of channels[], and which end of it */
};
static struct both files[FILES_MOST];
/* Bytes and messages each way: [0] to end 1, [1] to end 0. */
static struct {
    int writes[2];
} channels[100000];
static int channel_count;
static uint64_t seed;
static long world, step, skip_at = -1;

static unsigned below(unsigned n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % n;
}

static void differs(const char *what, long us, long them)
{
    printf("world %ld, call %ld: %s differs: we say %ld, Linux %ld\n", world,
           step, what, us, them);
    fflush(stdout);
    exit(1);
}
static long theirs(long r)
{
    return r < 0 ? -errno : r;
}
static long same(const char *what, long us, long them)
{
    if (us != them)
        differs(what, us, them);
    return us;
}
#define SAME(what, us, them) same(what, us, theirs(them))

static struct both *any(enum kind kind)
{
    for (int i = 0; i < 40; i++) {
        struct both *b = &files[below(FILES_MOST)];
        if (b->kind == kind)
            return b;
    }
    return NULL;
}
static struct both *any_open(void)
{
    for (int i = 0; i < 40; i++) {
        struct both *b = &files[below(FILES_MOST)];
        if (b->kind != FREE)
            return b;
    }
    return NULL;
}
static struct both *room(const struct both *but)
{
    for (int i = 0; i < FILES_MOST; i++)
        if (files[i].kind == FREE && &files[i] != but)
            return &files[i];
    return NULL;
}

/* ---- making and closing ---- */

static void end(struct both *b)
{
    SAME("close", uc_sys_close(b->us), close(b->them));
    b->kind = FREE;
}

static void make_pair(enum kind kind, const int us[2], const int them[2])
{
    for (int i = 0; i < 2; i++)
        *room(NULL) = (struct both){kind, us[i], them[i], channel_count, i};
    channel_count++;
}

static void make(void)
{
    static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    int us[2], them[2], type = types[below(3)] | SOCK_NONBLOCK;
    if (!room(NULL)) /* so that not all are half dead */
        for (unsigned i = 0, n = 2 + below(FILES_MOST); i < n; i++)
            if (files[i % FILES_MOST].kind != FREE)
                end(&files[i % FILES_MOST]);
    struct both *a = room(NULL);
    if (!a || !room(a))
        return;
    switch (below(5)) {
    case 0:
        SAME("pipe2", uc_sys_pipe2((long)us, O_NONBLOCK),
             pipe2(them, O_NONBLOCK));
        make_pair(PIPE, us, them);
        return;
    case 1:
    case 2:
        SAME("socketpair", uc_sys_socketpair(AF_UNIX, type, 0, (long)us),
             socketpair(AF_UNIX, type, 0, them));
        make_pair(SOCKET, us, them);
        return;
    case 3:
        *a = (struct both){COUNTER, (int)uc_sys_eventfd2(3, EFD_NONBLOCK),
                           eventfd(3, EFD_NONBLOCK), -1, 0};
        return;
    default:
        *a = (struct both){SET, (int)uc_sys_epoll_create1(0), epoll_create1(0),
                           -1, 0};
    }
}

static void duplicate(void)
{
    struct both *b = any_open(), *to = room(NULL);
    if (!b || !to)
        return;
    *to = *b;
    to->us = (int)uc_sys_dup(b->us);
    to->them = dup(b->them);
}

/* ---- bytes ---- */

static char text[MOST], ours_got[2 * MOST], theirs_got[2 * MOST];

static bool may_write(const struct both *b)
{
    return b->channel < 0 || channels[b->channel].writes[b->end] < IN_FLIGHT;
}

static void do_write(void)
{
    struct both *b = any_open();
    uint64_t value = 1 + below(5);
    unsigned n = 1 + (below(4) ? below(50) : below(MOST - 1));
    if (!b || !may_write(b))
        return;
    for (unsigned i = 0; i < n; i++)
        text[i] = (char)below(256);
    if (b->channel >= 0)
        channels[b->channel].writes[b->end]++;
    const void *p = b->kind == COUNTER ? (void *)&value : (void *)text;
    n = b->kind == COUNTER ? 8 : n;
    if (b->kind == SOCKET && below(2)) {
        SAME("send", uc_sys_sendto(b->us, (long)p, n, MSG_NOSIGNAL, 0, 0),
             send(b->them, p, n, MSG_NOSIGNAL));
        return;
    }
    if (skip_at >= 0 && step >= skip_at) {
        if (uc_sys_write(b->us, (long)p, n) > 0)
            skip_at = -1;
        return;
    }
    SAME("write", uc_sys_write(b->us, (long)p, n), write(b->them, p, n));
}

static void do_read(void)
{
    struct both *b = any_open();
    unsigned n = below(3) ? below(100) : below(2 * MOST);
    long r;
    if (!b)
        return;
    if (b->kind == SOCKET && below(2)) {
        int flags = (int[]){0, MSG_PEEK, MSG_TRUNC, MSG_WAITALL}[below(4)];
        if (flags == MSG_TRUNC)
            flags = 0; /* of streams it throws bytes away */
        r = SAME("recv", uc_sys_recvfrom(b->us, (long)ours_got, n, flags, 0, 0),
                 recv(b->them, theirs_got, n, flags));
    } else {
        r = SAME("read", uc_sys_read(b->us, (long)ours_got, n),
                 read(b->them, theirs_got, n));
    }
    if (r > 0 && memcmp(ours_got, theirs_got, (size_t)r) != 0)
        differs("what was read", 0, 0);
    if (r == -EAGAIN && b->channel >= 0)
        channels[b->channel].writes[!b->end] = 0;
}

static void control(void)
{
    struct both *b = any(SOCKET);
    int how = (int)below(3), us = -1, them = -1;
    if (b && below(3) == 0) {
        SAME("shutdown", uc_sys_shutdown(b->us, how), shutdown(b->them, how));
        return;
    }
    if (b && below(2)) {
        unsigned size = 4;
        socklen_t n = 4;
        SAME("getsockopt",
             uc_sys_getsockopt(b->us, SOL_SOCKET, SO_ERROR, (long)&us,
                               (long)&size),
             getsockopt(b->them, SOL_SOCKET, SO_ERROR, &them, &n));
        same("SO_ERROR", us, them);
        return;
    }
    b = any_open();
    if (!b || (b->kind != PIPE && b->kind != SOCKET))
        return;
    SAME("FIONREAD", uc_sys_ioctl(b->us, FIONREAD, (long)&us),
         ioctl(b->them, FIONREAD, &them));
    same("how many", us, them);
}

/* ---- a descriptor on its way ---- */

union ancillary {
    struct cmsghdr h;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static struct msghdr message(struct iovec *v, union ancillary *c, int fd)
{
    struct msghdr m = {.msg_iov = v,
                       .msg_iovlen = 1,
                       .msg_control = c,
                       .msg_controllen = sizeof *c};
    memset(c, 0, sizeof *c);
    c->h.cmsg_level = SOL_SOCKET;
    c->h.cmsg_type = SCM_RIGHTS;
    c->h.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&c->h), &fd, sizeof fd);
    return m;
}

/* Never a socket: one that passes itself is never freed. */
static void pass(void)
{
    struct both *b = any(SOCKET), *what = any(below(2) ? PIPE : COUNTER);
    struct iovec v = {text, 1 + below(9)};
    union ancillary a, c;
    if (!b || !what || !may_write(b))
        return;
    struct msghdr us = message(&v, &a, what->us);
    struct msghdr them = message(&v, &c, what->them);
    channels[b->channel].writes[b->end]++;
    SAME("sendmsg", uc_sys_sendmsg(b->us, (long)&us, MSG_NOSIGNAL),
         sendmsg(b->them, &them, MSG_NOSIGNAL));
}

static void take(void)
{
    struct both *b = any(SOCKET), *to = room(NULL);
    unsigned n = 1 + below(20);
    struct iovec u = {ours_got, n}, t = {theirs_got, n};
    union ancillary a, c;
    if (!b || !to)
        return;
    struct msghdr us = message(&u, &a, -1), them = message(&t, &c, -1);
    long r = SAME("recvmsg", uc_sys_recvmsg(b->us, (long)&us, 0),
                  recvmsg(b->them, &them, 0));
    if (r < 0)
        return;
    same("flags", us.msg_flags, them.msg_flags);
    same("control", (long)us.msg_controllen, (long)them.msg_controllen);
    if (!us.msg_controllen)
        return;
    *to = (struct both){COUNTER, 0, 0, -1, 0};
    memcpy(&to->us, CMSG_DATA(&a.h), sizeof to->us);
    memcpy(&to->them, CMSG_DATA(&c.h), sizeof to->them);
    /* what it is: as good as any that is not written to beyond measure */
    to->kind = PIPE;
    for (int i = 0; i < FILES_MOST; i++)
        if (&files[i] == to)
            end(to);
}

/* ---- readiness ---- */

static void state(void)
{
    struct both *b = any_open();
    if (!b)
        return;
    short bits = (short)(below(2) ? POLLIN | POLLOUT | POLLRDHUP : 0x7fff);
    struct pollfd us = {b->us, bits, 0}, them = {b->them, bits, 0};
    SAME("poll", uc_sys_poll((long)&us, 1, 0), poll(&them, 1, 0));
    same("poll bits", us.revents, them.revents);
}

static void change_set(void)
{
    static const unsigned modes[] = {0, EPOLLET, EPOLLONESHOT};
    struct both *set = any(SET), *b = any_open();
    int what = (int[]){EPOLL_CTL_ADD, EPOLL_CTL_ADD, EPOLL_CTL_MOD,
                       EPOLL_CTL_DEL}[below(4)];
    if (!set || !b)
        return;
    struct epoll_event e = {(unsigned)(int[]){EPOLLIN, EPOLLOUT,
                                              EPOLLIN | EPOLLOUT | EPOLLRDHUP,
                                              0}[below(4)] |
                                modes[below(3)],
                            {.u64 = (uint64_t)(b - files)}};
    /* Linux: by what was one write, and for one that fails, too. */
    if (b->kind == SOCKET && e.events & EPOLLET)
        e.events &= ~(unsigned)EPOLLOUT;
    if (b->kind == SET)
        e.events &= ~(unsigned)EPOLLET;
    SAME("epoll_ctl", uc_sys_epoll_ctl(set->us, what, b->us, (long)&e),
         epoll_ctl(set->them, what, b->them, &e));
}

static int by_data(const void *x, const void *y)
{
    const struct epoll_event *a = x, *b = y;
    if (a->data.u64 != b->data.u64)
        return a->data.u64 < b->data.u64 ? -1 : 1;
    return (a->events > b->events) - (a->events < b->events);
}

static void show_events(const char *who, const struct epoll_event *e, long n)
{
    printf("%s:", who);
    for (long i = 0; i < n; i++)
        printf(" file %d %x", (int)e[i].data.u64, e[i].events);
    printf("\n");
}

/* Twice, so that edges and one shot are seen to be used up. */
static void wait_for_set(void)
{
    struct both *set = any(SET);
    struct epoll_event us[64], them[64];
    for (int round = 0; set && round < 2; round++) {
        long n = uc_sys_epoll_wait(set->us, (long)us, 64, 0);
        long other = theirs(epoll_wait(set->them, them, 64, 0));
        if (n != other) {
            show_events("we", us, n);
            show_events("Linux", them, other);
        }
        same("epoll_wait", n, other);
        qsort(us, (size_t)n, sizeof *us, by_data);
        qsort(them, (size_t)n, sizeof *them, by_data);
        for (long i = 0; i < n; i++) {
            same("which event", (long)us[i].data.u64, (long)them[i].data.u64);
            same("event bits", us[i].events, them[i].events);
        }
    }
}

static void one(void)
{
    static void (*const calls[])(void) = {
        make,    do_write,     do_write, do_read,    do_read,
        do_read, state,        state,    change_set, take,
        pass,    wait_for_set, control,  change_set, wait_for_set,
    };
    struct both *b;
    unsigned n = below(sizeof calls / sizeof *calls + 2);
    if (n < sizeof calls / sizeof *calls)
        calls[n]();
    else if (below(3) == 0)
        duplicate();
    else if ((b = any_open()))
        end(b);
}

int main(int argc, char **argv)
{
    uint64_t total, before, after;
    long first = atol(argv[1]), worlds = atol(argv[2]), steps = atol(argv[3]);
    signal(SIGPIPE, SIG_IGN);
    struct {
        void (*handler)(int);
        unsigned long flags, restorer, mask;
    } ignore = {SIG_IGN, 0, 0, 0};
    uc_sys_rt_sigaction(SIGPIPE, (long)&ignore, 0, 8);
    if (argc > 4)
        skip_at = steps / 2;
    for (world = first; world < first + worlds; world++) {
        seed = (uint64_t)world;
        for (step = 0; step < steps; step++)
            one();
        for (int i = 0; i < FILES_MOST; i++)
            if (files[i].kind != FREE)
                end(&files[i]);
        channel_count = 0;
        memset(channels, 0, sizeof channels);
        uc_pages_total(&total, &after);
        if (world == first + 3)
            before = after;
        if (world > first + 3 && before - after > 64 * UC_PAGE)
            differs("memory", (long)after, (long)before);
    }
    printf("%ld worlds of %ld calls, all the same\n", worlds, steps);
    return 0;
}
