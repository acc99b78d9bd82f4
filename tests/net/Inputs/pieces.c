/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pieces.c: streams of messages to port 7: two bytes with the length, then as
 * many that count on from the first. Each is answered by K, or by E if a byte
 * is another. Three threads serve, which wait and read differently; connections
 * go to them by a pipe, as memcached's do. A message of no bytes ends all.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    PORT = 7,
    HEAD = 2,
    ROOM = 4096,
    EVENTS = 16
};
enum kind {
    LEVEL,
    EDGE,
    ONESHOT,
    KINDS
};

struct stream {
    int fd;
    unsigned got, size; /* of the message that comes */
    unsigned char next;
    int bad;
};

struct server {
    enum kind kind;
    int poller, pipe[2];
};

static const unsigned events_of[KINDS] = {EPOLLIN, EPOLLIN | EPOLLET,
                                          EPOLLIN | EPOLLONESHOT};

static void watch(struct server *v, int how, int fd, void *p, unsigned events)
{
    struct epoll_event e = {.events = events, .data.ptr = p};

    if (epoll_ctl(v->poller, how, fd, &e)) {
        perror("epoll_ctl");
        exit(1);
    }
}

/* A byte of the stream: 1 if a message ends with it. */
static int take(struct stream *s, unsigned char c)
{
    unsigned i = s->got++;

    if (i < HEAD) {
        s->size = s->size << 8 | c;
        if (i + 1 == HEAD && !s->size)
            exit(0);
        return 0;
    }
    if (i > HEAD && c != s->next)
        s->bad = 1;
    s->next = (unsigned char)(c + 1);
    return s->got == s->size + HEAD;
}

/* False: the stream is over. */
static int take_all(struct stream *s, const unsigned char *p, ssize_t n)
{
    for (ssize_t i = 0; i < n; i++)
        if (take(s, p[i])) {
            if (s->bad)
                printf("bad: a message of %u\n", s->size);
            if (send(s->fd, s->bad ? "E" : "K", 1, MSG_NOSIGNAL) != 1)
                return 0;
            s->got = s->size = 0;
        }
    return 1;
}

/* What there is, in one of four ways. */
static ssize_t read_some(struct stream *s, unsigned char *p)
{
    struct iovec v[3] = {{p, 3}, {p + 3, 61}, {p + 64, ROOM - 64}};
    struct msghdr m = {.msg_iov = v, .msg_iovlen = 3};
    int n = 0;

    switch (rand() % 4) {
    case 0:
        return read(s->fd, p, (size_t)(1 + rand() % ROOM));
    case 1:
        return readv(s->fd, v, 3);
    case 2:
        return recvmsg(s->fd, &m, MSG_DONTWAIT);
    default:
        if (ioctl(s->fd, FIONREAD, &n) || n == 0)
            return read(s->fd, p, ROOM);
        n = n > ROOM ? ROOM : n;
        if (recv(s->fd, p, (size_t)n, MSG_PEEK) != n)
            puts("bad: less than was promised");
        unsigned char first = p[0];
        ssize_t got = read(s->fd, p, (size_t)n);
        if (got != n || p[0] != first)
            puts("bad: not what was seen before");
        return got;
    }
}

static void serve(struct server *v, struct stream *s)
{
    unsigned char in[ROOM];
    ssize_t n;

    do {
        n = read_some(s, in);
    } while (n > 0 && take_all(s, in, n) && v->kind == EDGE);
    if (n == 0 || (n < 0 && errno != EAGAIN)) {
        close(s->fd);
        free(s);
    } else if (v->kind == ONESHOT) {
        watch(v, EPOLL_CTL_MOD, s->fd, s, events_of[ONESHOT]);
    }
}

static void take_stream(struct server *v)
{
    int fd;
    struct stream *s = calloc(1, sizeof *s);

    if (!s || read(v->pipe[0], &fd, sizeof fd) != sizeof fd)
        exit(1);
    s->fd = fd;
    watch(v, EPOLL_CTL_ADD, fd, s, events_of[v->kind]);
}

static void *run(void *arg)
{
    struct server *v = arg;
    struct epoll_event e[EVENTS];

    for (;;) {
        int n = epoll_wait(v->poller, e, EVENTS, -1);
        for (int i = 0; i < n; i++)
            if (e[i].data.ptr)
                serve(v, e[i].data.ptr);
            else
                take_stream(v);
    }
    return NULL;
}

int main(void)
{
    static struct server servers[KINDS];
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int l = socket(AF_INET, SOCK_STREAM, 0);
    pthread_t t;

    if (bind(l, (struct sockaddr *)&a, sizeof a) || listen(l, 128))
        return 1;
    for (int i = 0; i < KINDS; i++) {
        servers[i].kind = (enum kind)i;
        servers[i].poller = epoll_create1(0);
        if (pipe(servers[i].pipe))
            return 1;
        watch(&servers[i], EPOLL_CTL_ADD, servers[i].pipe[0], NULL, EPOLLIN);
        pthread_create(&t, NULL, run, &servers[i]);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    puts("ready");
    for (unsigned i = 0;; i++) {
        int fd = accept4(l, NULL, NULL, SOCK_NONBLOCK);
        if (fd >= 0)
            write(servers[i % KINDS].pipe[1], &fd, sizeof fd);
    }
}
