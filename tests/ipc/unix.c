/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix.c: sockets of AF_UNIX as on Linux: streams, datagrams, names, states.
 *
 * RUN: sh %S/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

static char big[400000];

static socklen_t name(struct sockaddr_un *a, const char *path)
{
    memset(a, 0, sizeof *a);
    a->sun_family = AF_UNIX;
    if (*path == '@')
        memcpy(a->sun_path + 1, path + 1, strlen(path + 1));
    else
        strcpy(a->sun_path, path);
    return offsetof(struct sockaddr_un, sun_path) + strlen(path) +
           (*path != '@');
}
static int do_bind(int s, const char *path)
{
    struct sockaddr_un a;
    socklen_t n = name(&a, path);
    return bind(s, (void *)&a, n);
}
static int do_connect(int s, const char *path)
{
    struct sockaddr_un a;
    socklen_t n = name(&a, path);
    return connect(s, (void *)&a, n);
}
static int send_to(int s, const char *path, const char *text)
{
    struct sockaddr_un a;
    socklen_t n = name(&a, path);
    return sendto(s, text, strlen(text), 0, (void *)&a, n);
}
static void names(int line, int s)
{
    struct sockaddr_un a;
    for (int peer = 0; peer < 2; peer++) {
        socklen_t n = sizeof a;
        memset(&a, 0, sizeof a);
        errno = 0;
        int r = (peer ? getpeername : getsockname)(s, (void *)&a, &n);
        printf("%d %s %d (%d)", line, peer ? "peer" : "name", r, errno);
        if (!r)
            printf(" %d '%s%s'", n, a.sun_path[0] ? "" : "@",
                   a.sun_path[0] ? a.sun_path : a.sun_path + 1);
        printf("\n");
    }
}
#define NAMES(s) names(__LINE__, s)
static int option(int s, int name)
{
    int v = -1;
    socklen_t n = sizeof v;
    return getsockopt(s, SOL_SOCKET, name, &v, &n) ? -1 : v;
}

static void making(void)
{
    int s[2];
    SAY(socket(AF_UNIX, 77, 0));
    SAY(socket(AF_UNIX, SOCK_RDM, 0));
    SAY(socket(AF_UNIX, SOCK_STREAM, 5));
    SAY(socket(99, SOCK_STREAM, 0));
    SAY(socketpair(AF_UNIX, SOCK_STREAM | 0x10000, 0, s));
    SAY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, s));
    SAY(fcntl(s[0], F_GETFL));
    SAY(fcntl(s[1], F_GETFD));
    struct stat st;
    SAY(fstat(s[0], &st));
    SAY(st.st_mode & S_IFMT);
    SAY(lseek(s[0], 0, SEEK_CUR));
    SAY(listen(0, 5));
    SAY(listen(99, 5));
    NAMES(s[0]);
    SAY(shutdown(s[0], 5));
    close(s[0]);
    close(s[1]);
}

static void stream(void)
{
    int s[2];
    char c[20];
    SAY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, s));
    BITS(s[0]);
    SAY(recv(s[0], c, 1, 0));
    SAY(send(s[0], "hello", 5, 0));
    BITS(s[1]);
    SAY(write(s[0], "world", 5));
    int n;
    SAY(ioctl(s[1], FIONREAD, &n));
    SAY(n);
    SAY(recv(s[1], c, 3, MSG_PEEK));
    SAY(recv(s[1], c, 7, 0));
    SAY(c[6]);
    SAY(recv(s[1], c, 0, 0));
    SAY(read(s[1], c, 20));
    SAY(read(s[1], c, 20));
    struct iovec v[2] = {{"ab", 2}, {"cdef", 4}}, w[2] = {{c, 3}, {c + 3, 9}};
    SAY(writev(s[1], v, 2));
    SAY(readv(s[0], w, 2));
    SAY(c[5]);
    SAY(send(s[0], "x", 1, MSG_OOB) < 0 || 1);
    recv(s[1], c, 9, 0);
    long all = 0, k;
    while ((k = send(s[0], big, 1000, 0)) > 0)
        all += k;
    SAY(k);
    SAY(all > 50000 && all < 400000);
    BITS(s[0]);
    long got = 0;
    while ((k = recv(s[1], big, sizeof big, 0)) > 0)
        got += k;
    SAY(got == all);
    BITS(s[0]);
    SAY(send(s[0], "abc", 3, 0));
    SAY(shutdown(s[0], SHUT_WR));
    BITS(s[0]);
    BITS(s[1]);
    SAY(recv(s[1], c, 9, 0));
    SAY(recv(s[1], c, 9, 0));
    SAY(send(s[0], "x", 1, MSG_NOSIGNAL));
    handle(SIGPIPE, 0);
    SAY(send(s[0], "x", 1, 0));
    CAUGHT();
    SAY(write(s[0], "x", 1));
    CAUGHT();
    SAY(send(s[1], "back", 4, 0));
    SAY(recv(s[0], c, 9, 0));
    SAY(shutdown(s[0], SHUT_RD));
    BITS(s[0]);
    BITS(s[1]);
    SAY(recv(s[0], c, 9, 0));
    SAY(send(s[1], "x", 1, MSG_NOSIGNAL));
    close(s[0]);
    BITS(s[1]);
    NAMES(s[1]);
    close(s[1]);
}

static void closing(void)
{
    int s[2];
    char c[9];
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    send(s[0], "left", 4, 0);
    close(s[0]);
    BITS(s[1]);
    SAY(recv(s[1], c, 9, 0));
    SAY(recv(s[1], c, 9, 0));
    SAY(send(s[1], "x", 1, MSG_NOSIGNAL));
    close(s[1]);
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    send(s[0], "unread", 6, 0);
    send(s[1], "too", 3, 0);
    close(s[0]);
    BITS(s[1]);
    SAY(recv(s[1], c, 2, 0));
    SAY(recv(s[1], c, 9, 0));
    SAY(recv(s[1], c, 9, 0));
    SAY(recv(s[1], c, 9, 0));
    close(s[1]);
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    send(s[0], "unread", 6, 0);
    close(s[1]);
    SAY(option(s[0], SO_ERROR));
    SAY(option(s[0], SO_ERROR));
    BITS(s[0]);
    close(s[0]);
}

static void waiting(void)
{
    int s[2];
    char c[20];
    struct itimerval soon = {{0, 0}, {0, 40000}};
    struct timeval limit = {0, 60000};
    handle(SIGALRM, 0);
    socketpair(AF_UNIX, SOCK_STREAM, 0, s);
    setitimer(ITIMER_REAL, &soon, NULL);
    TAKES(40, recv(s[0], c, 1, 0));
    CAUGHT();
    SAY(recv(s[0], c, 1, MSG_DONTWAIT));
    SAY(setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit));
    TAKES(60, recv(s[0], c, 1, 0));
    SAY(send(s[1], "abc", 3, 0));
    TAKES(60, recv(s[0], c, 9, MSG_WAITALL));
    SAY(setsockopt(s[1], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit));
    TAKES(60, send(s[1], big, sizeof big, 0) < (long)sizeof big);
    int least = 10;
    while (recv(s[0], big, sizeof big, MSG_DONTWAIT) > 0)
        ;
    SAY(setsockopt(s[0], SOL_SOCKET, SO_RCVLOWAT, &least, sizeof least));
    send(s[1], "12345678", 8, 0);
    TAKES(60, recv(s[0], c, 20, 0));
    close(s[0]);
    close(s[1]);
}

static void options(void)
{
    int s = socket(AF_UNIX, SOCK_STREAM, 0), v;
    struct timeval t = {1, 2000000};
    struct linger l = {1, 5};
    socklen_t n = sizeof l;
    SAY(option(s, SO_TYPE));
    SAY(option(s, SO_DOMAIN));
    SAY(option(s, SO_PROTOCOL));
    SAY(option(s, SO_ERROR));
    SAY(option(s, SO_ACCEPTCONN));
    SAY(option(s, SO_REUSEADDR));
    SAY(option(s, SO_SNDBUF));
    SAY(option(s, SO_RCVBUF));
    for (int i = 0; i < 4; i++) {
        v = i == 0 ? 1 : i == 1 ? 50000 : i == 2 ? 10000000 : -1;
        SAY(setsockopt(s, SOL_SOCKET, SO_SNDBUF, &v, sizeof v));
        SAY(option(s, SO_SNDBUF));
        SAY(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &v, sizeof v));
        SAY(option(s, SO_RCVBUF));
    }
    v = 5;
    SAY(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &v, sizeof v));
    SAY(option(s, SO_REUSEADDR));
    SAY(setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &v, sizeof v));
    SAY(option(s, SO_KEEPALIVE));
    SAY(setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &v, 2));
    SAY(setsockopt(s, SOL_SOCKET, SO_TYPE, &v, sizeof v));
    SAY(setsockopt(s, SOL_SOCKET, 9999, &v, sizeof v));
    SAY(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t));
    SAY(setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &t, 4));
    SAY(setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l));
    memset(&l, 0, sizeof l);
    SAY(getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &n));
    SAY(l.l_linger * 10 + l.l_onoff);
    n = 2;
    SAY(getsockopt(s, SOL_SOCKET, SO_TYPE, &v, &n));
    SAY(n);
    n = -1;
    SAY(getsockopt(s, SOL_SOCKET, SO_TYPE, &v, &n));
    n = 4;
    SAY(getsockopt(s, SOL_SOCKET, 9999, &v, &n));
    SAY(getsockopt(s, 6, 1, &v, &n));
    SAY(setsockopt(s, 6, 1, &v, n));
    SAY(getsockopt(0, SOL_SOCKET, SO_TYPE, &v, &n));
    close(s);
}

static void connections(void)
{
    int l = socket(AF_UNIX, SOCK_STREAM, 0), c, a;
    char buffer[20];
    BITS(l);
    SAY(send(l, "x", 1, MSG_NOSIGNAL));
    SAY(recv(l, buffer, 1, 0));
    SAY(listen(l, 1));
    SAY(accept(l, NULL, NULL));
    SAY(do_bind(l, "sock"));
    SAY(do_bind(l, "other"));
    NAMES(l);
    struct stat st;
    SAY(stat("sock", &st));
    SAY((st.st_mode & S_IFMT) == S_IFSOCK);
    SAY(open("sock", O_RDWR));
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(do_bind(c, "sock"));
    SAY(do_bind(c, "no/such/folder"));
    SAY(do_connect(c, "nothing"));
    SAY(do_connect(c, "sock"));
    SAY(listen(l, 0));
    SAY(option(l, SO_ACCEPTCONN));
    BITS(l);
    fcntl(l, F_SETFL, O_NONBLOCK);
    SAY(accept(l, NULL, NULL));
    int d = socket(AF_UNIX, SOCK_DGRAM, 0);
    SAY(do_connect(d, "sock"));
    close(d);
    SAY(do_connect(c, "sock"));
    BITS(l);
    BITS(c);
    SAY(send(c, "early", 5, 0));
    NAMES(c);
    int e = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    SAY(do_connect(e, "sock"));
    close(e);
    struct sockaddr_un un;
    socklen_t n = sizeof un;
    memset(&un, 0, sizeof un);
    SAY((a = accept4(l, (void *)&un, &n, SOCK_NONBLOCK)) > 0);
    SAY(n);
    SAY(fcntl(a, F_GETFL));
    SAY(do_connect(c, "sock"));
    NAMES(a);
    SAY(recv(a, buffer, 20, 0));
    SAY(recv(a, buffer, 20, 0));
    struct {
        int pid, uid, gid;
    } who;
    n = sizeof who;
    SAY(getsockopt(a, SOL_SOCKET, SO_PEERCRED, &who, &n));
    SAY(who.pid == getpid() && who.uid == (int)getuid());
    close(a);
    BITS(c);
    SAY(recv(c, buffer, 9, 0));
    close(c);
    /* one that nobody accepts */
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(do_connect(c, "sock"));
    close(l);
    BITS(c);
    SAY(recv(c, buffer, 9, 0));
    SAY(recv(c, buffer, 9, 0));
    close(c);
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(do_connect(c, "sock"));
    l = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(do_bind(l, "sock"));
    SAY(unlink("sock"));
    SAY(do_bind(l, "sock"));
    SAY(listen(l, 5));
    SAY(rename("sock", "moved"));
    SAY(do_connect(c, "moved"));
    close(c);
    close(l);
    unlink("moved");
    c = open("plain", O_CREAT | O_RDWR, 0600);
    close(c);
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(do_connect(c, "plain"));
    close(c);
}

static void abstract(void)
{
    int l = socket(AF_UNIX, SOCK_SEQPACKET, 0), c, a;
    char b[20];
    struct sockaddr_un un = {AF_UNIX, ""};
    SAY(do_bind(l, "@unicore.test"));
    NAMES(l);
    c = socket(AF_UNIX, SOCK_SEQPACKET, 0);
    SAY(do_bind(c, "@unicore.test"));
    SAY(do_connect(c, "@unicore.test"));
    SAY(do_connect(c, "@unicore.tes"));
    BITS(c);
    SAY(send(c, "x", 1, MSG_NOSIGNAL));
    SAY(recv(c, b, 1, 0));
    SAY(listen(l, 5));
    SAY(do_connect(c, "@unicore.test"));
    SAY((a = accept(l, NULL, NULL)) > 0);
    SAY(send(c, "one", 3, 0));
    SAY(send(c, "", 0, 0));
    SAY(send(c, "three", 5, 0));
    BITS(a);
    SAY(recv(a, b, 2, 0));
    SAY(recv(a, b, 20, 0));
    SAY(recv(a, b, 2, MSG_TRUNC | MSG_PEEK));
    struct iovec v = {b, 3};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
    SAY(recvmsg(a, &m, 0));
    SAY(m.msg_flags);
    SAY(recv(a, b, 9, MSG_DONTWAIT));
    close(c);
    BITS(a);
    SAY(recv(a, b, 9, 0));
    SAY(send(a, "x", 1, MSG_NOSIGNAL));
    close(a);
    close(l);
    c = socket(AF_UNIX, SOCK_STREAM, 0);
    SAY(bind(c, (void *)&un, sizeof(sa_family_t)));
    socklen_t n = sizeof un;
    SAY(getsockname(c, (void *)&un, &n));
    SAY(n);
    SAY(bind(c, (void *)&un, 1));
    close(c);
}

static void datagrams(void)
{
    int a = socket(AF_UNIX, SOCK_DGRAM, 0), b = socket(AF_UNIX, SOCK_DGRAM, 0);
    char c[20];
    struct sockaddr_un un;
    socklen_t n = sizeof un;
    BITS(a);
    SAY(send(a, "x", 1, 0));
    SAY(do_bind(a, "dgram"));
    SAY(send_to(b, "dgram", "first"));
    SAY(send_to(b, "nobody", "first"));
    SAY(listen(a, 1));
    SAY(accept(a, NULL, NULL));
    BITS(a);
    SAY(recvfrom(a, c, 20, 0, (void *)&un, &n));
    SAY(n);
    SAY(do_bind(b, "@other"));
    SAY(do_connect(b, "dgram"));
    NAMES(b);
    SAY(send(b, "second", 6, 0));
    n = sizeof un;
    SAY(recvfrom(a, c, 3, MSG_TRUNC, (void *)&un, &n));
    SAY(n);
    SAY(un.sun_path[3]);
    SAY(sendto(a, "back", 4, 0, (void *)&un, n));
    SAY(recv(b, c, 20, 0));
    SAY(write(b, "", 0));
    BITS(a);
    SAY(read(a, c, 20));
    SAY(recv(a, c, 20, MSG_DONTWAIT));
    struct iovec v[2] = {{"ab", 2}, {"cd", 2}}, w[2] = {{c, 1}, {c + 1, 9}};
    SAY(writev(b, v, 2));
    SAY(readv(a, w, 2));
    struct mmsghdr mm[3];
    memset(mm, 0, sizeof mm);
    for (int i = 0; i < 3; i++) {
        mm[i].msg_hdr.msg_iov = &v[i & 1];
        mm[i].msg_hdr.msg_iovlen = 1;
    }
    SAY(sendmmsg(b, mm, 3, 0));
    for (int i = 0; i < 3; i++)
        mm[i].msg_hdr.msg_iov = &w[1];
    SAY(recvmmsg(a, mm, 3, MSG_WAITFORONE, NULL));
    SAY(mm[0].msg_len);
    SAY(send(b, big, 300000, 0));
    int third = socket(AF_UNIX, SOCK_DGRAM, 0);
    SAY(do_connect(a, "@other"));
    SAY(send_to(third, "dgram", "x"));
    SAY(do_connect(third, "dgram"));
    struct sockaddr none = {AF_UNSPEC, ""};
    SAY(connect(a, &none, sizeof none));
    SAY(do_connect(third, "dgram"));
    SAY(send(third, "third", 5, 0));
    SAY(shutdown(a, SHUT_RD));
    BITS(a);
    SAY(recv(a, c, 20, 0));
    SAY(recv(a, c, 20, 0));
    SAY(recv(a, c, 20, MSG_DONTWAIT));
    SAY(send(third, "third", 5, MSG_NOSIGNAL));
    close(a);
    BITS(b);
    SAY(send(b, "x", 1, 0));
    SAY(send(b, "x", 1, 0));
    close(b);
    close(third);
    unlink("dgram");
}

static void full(void)
{
    int s[2], small = 1, count = 0;
    char c[3000];
    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, s);
    setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    SAY(send(s[0], c, 5000, 0));
    while (send(s[0], c, 1000, 0) == 1000)
        count++;
    SAY(errno);
    SAY(count > 0 && count < 20);
    BITS(s[0]);
    while (recv(s[1], c, sizeof c, 0) > 0)
        ;
    BITS(s[0]);
    close(s[1]);
    BITS(s[0]);
    SAY(send(s[0], "x", 1, 0));
    close(s[0]);
}

int main(void)
{
    static char buffer[60000];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    making();
    stream();
    closing();
    waiting();
    options();
    connections();
    abstract();
    datagrams();
    full();
    return 0;
}
