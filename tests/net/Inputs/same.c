/*
 * same.c: what sockets of the network do within one program, over loopback:
 * prints what each call gave. It has to print the same on Linux.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define SAY(call)                                                              \
    do {                                                                       \
        errno = 0;                                                             \
        long result_ = (call);                                                 \
        printf("%d %s: %ld %d\n", __LINE__, #call, result_,                    \
               result_ < 0 ? errno : 0);                                       \
    } while (0)

static char buffer[70000];

static void bits(const char *what, int fd)
{
    struct pollfd p = {
        fd, POLLIN | POLLOUT | POLLPRI | POLLRDHUP | POLLRDNORM | POLLWRNORM,
        0};

    poll(&p, 1, 200);
    printf("%s:%s%s%s%s%s\n", what, p.revents & POLLIN ? " in" : "",
           p.revents & POLLOUT ? " out" : "", p.revents & POLLERR ? " err" : "",
           p.revents & POLLHUP ? " hup" : "",
           p.revents & POLLRDHUP ? " rdhup" : "");
}

/* Waits until fd has one of the bits. */
static void until(int fd, int events)
{
    struct pollfd p = {fd, (short)events, 0};

    if (poll(&p, 1, 5000) != 1)
        printf("nothing came\n");
}

static struct sockaddr_in at(const char *ip, int port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};

    inet_pton(AF_INET, ip, &a.sin_addr);
    return a;
}

static void name(const char *what, int fd, int peer, int show_port)
{
    struct sockaddr_storage a;
    socklen_t n = sizeof a;
    char text[64] = "";

    if ((peer ? getpeername : getsockname)(fd, (struct sockaddr *)&a, &n)) {
        printf("%s: %d\n", what, errno);
        return;
    }
    if (a.ss_family == AF_INET) {
        struct sockaddr_in *i = (struct sockaddr_in *)&a;
        inet_ntop(AF_INET, &i->sin_addr, text, sizeof text);
        printf("%s: %d %s %d\n", what, n, text,
               show_port ? ntohs(i->sin_port) : i->sin_port != 0);
    } else {
        struct sockaddr_in6 *i = (struct sockaddr_in6 *)&a;
        inet_ntop(AF_INET6, &i->sin6_addr, text, sizeof text);
        printf("%s: %d %s %d\n", what, n, text,
               show_port ? ntohs(i->sin6_port) : i->sin6_port != 0);
    }
}

static int option(int fd, int level, int number)
{
    int value = -1;
    socklen_t n = sizeof value;

    if (getsockopt(fd, level, number, &value, &n))
        return -errno;
    return value;
}

static int set(int fd, int level, int number, int value)
{
    return setsockopt(fd, level, number, &value, sizeof value);
}

static int listener(int port)
{
    struct sockaddr_in a = at("127.0.0.1", port);
    int l = socket(AF_INET, SOCK_STREAM, 0);

    set(l, SOL_SOCKET, SO_REUSEADDR, 1);
    if (bind(l, (struct sockaddr *)&a, sizeof a) || listen(l, 5))
        printf("listener: %s\n", strerror(errno));
    return l;
}

/* A connection over loopback: the two ends. */
static void pair(int l, int port, int *c, int *s)
{
    struct sockaddr_in a = at("127.0.0.1", port);

    *c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(*c, (struct sockaddr *)&a, sizeof a) && errno != EINPROGRESS)
        printf("connect: %s\n", strerror(errno));
    *s = accept(l, NULL, NULL);
    until(*c, POLLOUT);
}

static void fresh(void)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = at("127.0.0.1", 2001);
    struct sockaddr_in other = at("203.0.113.7", 2001);

    bits("fresh", s);
    SAY(send(s, "x", 1, MSG_NOSIGNAL));
    SAY(recv(s, buffer, 1, 0));
    SAY(shutdown(s, SHUT_WR));
    name("fresh", s, 0, 1);
    name("fresh peer", s, 1, 1);
    SAY(bind(s, (struct sockaddr *)&a, 4));
    SAY(bind(s, (struct sockaddr *)&other, sizeof other));
    SAY(accept(s, NULL, NULL));
    SAY(bind(s, (struct sockaddr *)&a, sizeof a));
    SAY(bind(s, (struct sockaddr *)&a, sizeof a));
    name("bound", s, 0, 1);
    int t = socket(AF_INET, SOCK_STREAM, 0);
    SAY(bind(t, (struct sockaddr *)&a, sizeof a));
    SAY(listen(s, 5));
    SAY(listen(s, 10));
    bits("listening", s);
    SAY(option(s, SOL_SOCKET, SO_ACCEPTCONN));
    SAY(fcntl(s, F_SETFL, O_NONBLOCK));
    SAY(accept(s, NULL, NULL));
    SAY(send(s, "x", 1, MSG_NOSIGNAL));
    SAY(recv(s, buffer, 1, 0));
    SAY(connect(s, (struct sockaddr *)&a, sizeof a));
    close(s);
    close(t);
    SAY(socket(AF_INET, SOCK_SEQPACKET, 0));
    SAY(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
    SAY(socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
    SAY(socketpair(AF_INET, SOCK_STREAM, 0, (int[2]){0}));
}

static void refused(void)
{
    struct sockaddr_in a = at("127.0.0.1", 2002);
    int s = socket(AF_INET, SOCK_STREAM, 0);

    SAY(connect(s, (struct sockaddr *)&a, sizeof a));
    SAY(option(s, SOL_SOCKET, SO_ERROR));
    close(s);
    s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    SAY(connect(s, (struct sockaddr *)&a, sizeof a));
    until(s, POLLOUT);
    bits("refused", s);
    SAY(option(s, SOL_SOCKET, SO_ERROR));
    SAY(option(s, SOL_SOCKET, SO_ERROR));
    close(s);
}

static void talk(void)
{
    int l = listener(2003), c, s;
    struct sockaddr_in a = at("127.0.0.1", 2003);

    pair(l, 2003, &c, &s);
    SAY(connect(c, (struct sockaddr *)&a, sizeof a));
    name("server", s, 0, 1);
    name("server's peer", s, 1, 0);
    name("client's peer", c, 1, 1);
    bits("connected", c);
    SAY(recv(c, buffer, 10, 0));
    SAY(send(s, "hello", 5, 0));
    until(c, POLLIN);
    bits("readable", c);
    int n = 0;
    SAY(ioctl(c, FIONREAD, &n));
    printf("%d\n", n);
    SAY(recv(c, buffer, 3, MSG_PEEK));
    SAY(recv(c, buffer, 3, 0));
    printf("%.3s\n", buffer);
    SAY(recv(c, buffer, 3, MSG_TRUNC));
    SAY(write(c, "", 0));
    struct iovec v[] = {{"ab", 2}, {"", 0}, {"cde", 3}};
    SAY(writev(c, v, 3));
    SAY(recv(s, buffer, 5, MSG_WAITALL));
    printf("%.5s\n", buffer);
    SAY(shutdown(c, SHUT_WR));
    until(s, POLLRDHUP);
    bits("half closed", s);
    SAY(recv(s, buffer, 5, 0));
    SAY(send(c, "x", 1, MSG_NOSIGNAL));
    SAY(send(s, "late", 4, 0));
    SAY(recv(c, buffer, 4, MSG_WAITALL));
    until(c, POLLIN);
    SAY(recv(c, buffer, 5, MSG_DONTWAIT | MSG_WAITALL));
    SAY(shutdown(s, SHUT_WR));
    until(c, POLLHUP);
    bits("closed by both", c);
    bits("closed by both", s);
    SAY(recv(c, buffer, 5, 0));
    close(c);
    close(s);
    close(l);
}

static void reset(void)
{
    struct linger hard = {1, 0};
    int l = listener(2004), c, s;

    pair(l, 2004, &c, &s);
    SAY(setsockopt(s, SOL_SOCKET, SO_LINGER, &hard, sizeof hard));
    close(s);
    until(c, POLLERR);
    bits("reset", c);
    SAY(recv(c, buffer, 5, 0));
    SAY(recv(c, buffer, 5, 0));
    SAY(send(c, "x", 1, MSG_NOSIGNAL));
    close(c);
    pair(l, 2004, &c, &s); /* closed with bytes that were not read */
    SAY(send(c, "unread", 6, 0));
    until(s, POLLIN);
    close(s);
    until(c, POLLERR);
    SAY(option(c, SOL_SOCKET, SO_ERROR));
    close(c);
    pair(l, 2004, &c, &s); /* written to after it was closed */
    close(s);
    until(c, POLLIN);
    SAY(send(c, "x", 1, MSG_NOSIGNAL));
    until(c, POLLHUP);
    bits("after the peer went", c);
    SAY(send(c, "x", 1, MSG_NOSIGNAL));
    close(c);
    close(l);
}

static void bulk(void)
{
    int l = listener(2005), c, s;
    size_t sent = 0, got = 0;
    unsigned sum = 0, check = 0;

    pair(l, 2005, &c, &s);
    fcntl(s, F_SETFL, O_NONBLOCK);
    for (size_t i = 0; i < sizeof buffer; i++)
        buffer[i] = (char)(i * 7 % 251);
    while (sent < 3000000 || got < sent) {
        ssize_t n = sent < 3000000 ? send(c, buffer, 60000, 0) : -1;
        for (ssize_t i = 0; i < n; i++)
            check += (unsigned char)buffer[i] * (unsigned)(sent + i);
        if (n > 0)
            sent += n;
        char in[5000];
        while ((n = recv(s, in, sizeof in, 0)) > 0) {
            for (ssize_t i = 0; i < n; i++)
                sum += (unsigned char)in[i] * (unsigned)(got + i);
            got += n;
        }
        if (sent < 3000000)
            until(c, POLLOUT);
        else if (got < sent)
            until(s, POLLIN);
    }
    printf("bulk %d\n", sum == check);
    close(c);
    close(s);
    close(l);
}

static void options(void)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);

    SAY(option(s, SOL_SOCKET, SO_TYPE));
    SAY(option(s, SOL_SOCKET, SO_DOMAIN));
    SAY(option(s, SOL_SOCKET, SO_PROTOCOL));
    SAY(option(s, IPPROTO_TCP, TCP_NODELAY));
    SAY(set(s, IPPROTO_TCP, TCP_NODELAY, 5));
    SAY(option(s, IPPROTO_TCP, TCP_NODELAY));
    SAY(set(s, IPPROTO_TCP, TCP_CORK, 1));
    SAY(option(s, IPPROTO_TCP, TCP_CORK));
    SAY(option(s, SOL_SOCKET, SO_KEEPALIVE));
    SAY(set(s, SOL_SOCKET, SO_KEEPALIVE, 1));
    SAY(option(s, IPPROTO_TCP, TCP_KEEPIDLE));
    SAY(set(s, IPPROTO_TCP, TCP_KEEPIDLE, 11));
    SAY(option(s, IPPROTO_TCP, TCP_KEEPIDLE));
    SAY(set(s, IPPROTO_TCP, TCP_KEEPIDLE, 0));
    SAY(set(s, IPPROTO_TCP, TCP_KEEPINTVL, 12));
    SAY(option(s, IPPROTO_TCP, TCP_KEEPINTVL));
    SAY(set(s, IPPROTO_TCP, TCP_KEEPCNT, 13));
    SAY(option(s, IPPROTO_TCP, TCP_KEEPCNT));
    SAY(set(s, SOL_SOCKET, SO_RCVBUF, 10000));
    SAY(option(s, SOL_SOCKET, SO_RCVBUF));
    SAY(set(s, IPPROTO_IP, IP_TOS, 16));
    SAY(option(s, IPPROTO_IP, IP_TOS));
    SAY(option(s, IPPROTO_IP, IP_TTL));
    SAY(set(s, IPPROTO_IP, IP_TTL, 0));
    SAY(set(s, IPPROTO_IP, IP_TTL, 5));
    SAY(option(s, IPPROTO_IP, IP_TTL));
    SAY(setsockopt(s, IPPROTO_TCP, TCP_NODELAY, "", 1));
    SAY(set(s, 77, 1, 1));
    close(s);
}

static void datagrams(void)
{
    struct sockaddr_in a = at("127.0.0.1", 2006), from, none;
    socklen_t n = sizeof from;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    int c = socket(AF_INET, SOCK_DGRAM, 0);

    none = at("127.0.0.1", 2007);
    bits("fresh datagrams", s);
    SAY(send(c, "x", 1, 0));
    SAY(bind(s, (struct sockaddr *)&a, sizeof a));
    SAY(bind(c, (struct sockaddr *)&a, sizeof a));
    SAY(sendto(c, "hello", 5, 0, (struct sockaddr *)&a, sizeof a));
    SAY(sendto(c, "", 0, 0, (struct sockaddr *)&a, sizeof a));
    SAY(sendto(c, "third", 5, 0, (struct sockaddr *)&a, sizeof a));
    until(s, POLLIN);
    bits("datagrams", s);
    SAY(recv(s, buffer, 2, MSG_PEEK | MSG_TRUNC));
    SAY(recvfrom(s, buffer, 2, 0, (struct sockaddr *)&from, &n));
    printf("%d %s %d\n", n, inet_ntoa(from.sin_addr), from.sin_port != 0);
    SAY(recv(s, buffer, 10, 0));
    SAY(recv(s, buffer, 10, 0));
    SAY(recv(s, buffer, 10, MSG_DONTWAIT));
    SAY(sendto(c, buffer, 65508, 0, (struct sockaddr *)&a, sizeof a));
    SAY(sendto(c, buffer, 60000, 0, (struct sockaddr *)&a, sizeof a));
    until(s, POLLIN);
    SAY(recv(s, buffer, sizeof buffer, 0));
    SAY(connect(c, (struct sockaddr *)&a, sizeof a));
    name("datagrams", c, 0, 0);
    name("datagrams' peer", c, 1, 1);
    SAY(send(c, "again", 5, 0));
    until(s, POLLIN);
    SAY(recv(s, buffer, 10, 0));
    SAY(connect(c, (struct sockaddr *)&none, sizeof none));
    SAY(send(c, "nobody", 6, 0));
    until(c, POLLERR);
    bits("nobody", c);
    SAY(recv(c, buffer, 10, MSG_DONTWAIT));
    SAY(recv(c, buffer, 10, MSG_DONTWAIT));
    struct sockaddr unspecified = {.sa_family = AF_UNSPEC};
    SAY(connect(c, &unspecified, sizeof unspecified));
    name("disconnected", c, 1, 1);
    SAY(shutdown(c, SHUT_RD));
    struct sockaddr_in all = at("255.255.255.255", 2006);
    SAY(sendto(c, "x", 1, 0, (struct sockaddr *)&all, sizeof all));
    close(c);
    close(s);
}

static void both_versions(void)
{
    struct sockaddr_in6 a = {.sin6_family = AF_INET6, .sin6_port = htons(2008)};
    int l = socket(AF_INET6, SOCK_STREAM, 0), c, s;

    SAY(option(l, IPPROTO_IPV6, IPV6_V6ONLY));
    SAY(bind(l, (struct sockaddr *)&a, sizeof a));
    SAY(set(l, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    SAY(listen(l, 5));
    name("both", l, 0, 1);
    pair(l, 2008, &c, &s);
    name("both, from IPv4", s, 0, 1);
    name("both, from IPv4", s, 1, 0);
    close(c);
    close(s);
    c = socket(AF_INET6, SOCK_STREAM, 0);
    a.sin6_addr = in6addr_loopback;
    SAY(connect(c, (struct sockaddr *)&a, sizeof a));
    s = accept(l, NULL, NULL);
    name("both, from IPv6", s, 0, 1);
    name("both, from IPv6", s, 1, 0);
    SAY(send(c, "six", 3, 0));
    SAY(recv(s, buffer, 3, 0));
    close(c);
    close(s);
    close(l);
    l = socket(AF_INET6, SOCK_STREAM, 0);
    SAY(set(l, IPPROTO_IPV6, IPV6_V6ONLY, 1));
    a.sin6_addr = in6addr_any;
    a.sin6_port = htons(2009);
    SAY(bind(l, (struct sockaddr *)&a, sizeof a));
    SAY(listen(l, 5));
    struct sockaddr_in v4 = at("127.0.0.1", 2009);
    c = socket(AF_INET, SOCK_STREAM, 0);
    SAY(connect(c, (struct sockaddr *)&v4, sizeof v4));
    SAY(bind(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&v4,
             sizeof v4));
    close(c);
    close(l);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    fresh();
    refused();
    talk();
    reset();
    bulk();
    options();
    datagrams();
    both_versions();
    return 0;
}
