/*
 * echo.c: sends back what comes, on port 7: streams, by epoll, without
 * blocking, as many as there are; and datagrams. A stream that begins with
 * "quit" ends it, with the number of streams there were.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PORT = 7,
    DATAGRAM = 1,
    LISTENER = 0,
};

struct stream {
    int fd;
    size_t used; /* bytes still to be sent back */
    char *bytes;
};

static int poller, listener, datagrams;
static int streams, most;

static int open_socket(int type)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int one = 1, s = socket(AF_INET, type | SOCK_NONBLOCK, 0);

    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (s < 0 || bind(s, (struct sockaddr *)&a, sizeof a)) {
        perror("bind");
        exit(1);
    }
    return s;
}

static void watch(int fd, void *p, unsigned events)
{
    struct epoll_event e = {.events = events, .data.ptr = p};

    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e)) {
        perror("epoll_ctl");
        exit(1);
    }
}

static void take_streams(void)
{
    int fd;

    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct stream *s = calloc(1, sizeof *s);
        if (!s) {
            close(fd);
            continue;
        }
        s->fd = fd;
        watch(fd, s, EPOLLIN | EPOLLOUT | EPOLLET);
        if (++streams > most)
            most = streams;
    }
}

static void take_datagrams(void)
{
    static char bytes[65536];
    struct sockaddr_in from;
    socklen_t n = sizeof from;
    ssize_t got;

    while ((got = recvfrom(datagrams, bytes, sizeof bytes, 0,
                           (struct sockaddr *)&from, &n)) >= 0)
        sendto(datagrams, bytes, (size_t)got, 0, (struct sockaddr *)&from, n);
}

static void end(struct stream *s)
{
    close(s->fd);
    free(s->bytes);
    free(s);
    streams--;
}

/* Sends what waits; false: the stream is gone. */
static int send_back(struct stream *s)
{
    while (s->used) {
        ssize_t n = send(s->fd, s->bytes, s->used, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN;
        s->used -= (size_t)n;
        memmove(s->bytes, s->bytes + n, s->used);
    }
    return 1;
}

static void serve(struct stream *s)
{
    static char bytes[16384];

    if (!send_back(s)) {
        end(s);
        return;
    }
    while (!s->used) {
        ssize_t n = recv(s->fd, bytes, sizeof bytes, 0);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0) {
            end(s);
            return;
        }
        if (n >= 4 && !memcmp(bytes, "quit", 4)) {
            printf("most streams: %d\n", most);
            exit(0);
        }
        ssize_t sent = send(s->fd, bytes, (size_t)n, MSG_NOSIGNAL);
        if (sent == n)
            continue;
        if (sent < 0 && errno != EAGAIN) {
            end(s);
            return;
        }
        sent = sent < 0 ? 0 : sent;
        free(s->bytes);
        s->bytes = malloc((size_t)(n - sent));
        if (!s->bytes) {
            end(s);
            return;
        }
        s->used = (size_t)(n - sent);
        memcpy(s->bytes, bytes + sent, s->used);
        if (!send_back(s)) {
            end(s);
            return;
        }
    }
}

int main(void)
{
    static struct epoll_event events[256];

    setrlimit(RLIMIT_NOFILE, &(struct rlimit){20000, 20000});
    poller = epoll_create1(0);
    listener = open_socket(SOCK_STREAM);
    datagrams = open_socket(SOCK_DGRAM);
    if (listen(listener, 1024)) {
        perror("listen");
        return 1;
    }
    watch(listener, &listener, EPOLLIN);
    watch(datagrams, &datagrams, EPOLLIN);
    puts("ready");
    fflush(stdout);
    for (;;) {
        int n = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < n; i++) {
            void *p = events[i].data.ptr;
            if (p == &listener)
                take_streams();
            else if (p == &datagrams)
                take_datagrams();
            else
                serve(p);
        }
    }
}
