/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_rights.c: descriptors that are passed through sockets of AF_UNIX, as on
 * Linux: what is held while it is on its way, what there is no room for.
 *
 * RUN: sh %S/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include "say.h"
#include <sys/socket.h>

static int pass(int to, const char *text, int n, const int *fds)
{
    char control[CMSG_SPACE(40)];
    struct iovec v = {(char *)text, strlen(text)};
    struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
    memset(control, 0, sizeof control);
    if (n) {
        m.msg_control = control;
        m.msg_controllen = CMSG_SPACE(n * sizeof(int));
        struct cmsghdr *h = CMSG_FIRSTHDR(&m);
        h->cmsg_level = SOL_SOCKET;
        h->cmsg_type = SCM_RIGHTS;
        h->cmsg_len = CMSG_LEN(n * sizeof(int));
        memcpy(CMSG_DATA(h), fds, n * sizeof(int));
    }
    return sendmsg(to, &m, MSG_NOSIGNAL);
}
static int taken[4];
static int take(int line, int from, size_t room, size_t bytes, int flags)
{
    char control[200], text[40];
    struct iovec v = {text, bytes};
    struct msghdr m = {.msg_iov = &v,
                       .msg_iovlen = 1,
                       .msg_control = room ? control : NULL,
                       .msg_controllen = room};
    errno = 0;
    long r = recvmsg(from, &m, flags);
    printf("%d take %ld (%d) flags %x room %d", line, r, errno, m.msg_flags,
           (int)m.msg_controllen);
    if (r >= 0 && m.msg_controllen)
        for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
            printf(" [%d %d %d]", h->cmsg_level, h->cmsg_type,
                   (int)h->cmsg_len);
            if (h->cmsg_type == SCM_RIGHTS)
                memcpy(taken, CMSG_DATA(h), h->cmsg_len - CMSG_LEN(0));
        }
    printf("\n");
    return r;
}
#define TAKE(from, room, bytes, flags) take(__LINE__, from, room, bytes, flags)

static void rights(int type)
{
    int s[2], p[2], bad = 99, two[2];
    char c;
    socketpair(AF_UNIX, type, 0, s);
    pipe(p);
    SAY(pass(s[0], "x", 1, &bad));
    SAY(pass(s[0], "x", 1, &p[0]));
    TAKE(s[1], 100, 10, 0);
    SAY(taken[0] != p[0]);
    write(p[1], "Q", 1);
    SAY(read(taken[0], &c, 1));
    SAY(c);
    SAY(fcntl(taken[0], F_GETFD));
    close(taken[0]);
    SAY(pass(s[0], "abc", 1, &p[1]));
    close(p[1]);
    BITS(p[0]); /* held by what is on its way */
    TAKE(s[1], 100, 10, MSG_PEEK);
    close(taken[0]);
    TAKE(s[1], 100, 10, MSG_CMSG_CLOEXEC);
    SAY(fcntl(taken[0], F_GETFD));
    BITS(p[0]);
    close(taken[0]);
    BITS(p[0]);
    two[0] = two[1] = p[0];
    SAY(pass(s[0], "two", 2, two));
    TAKE(s[1], CMSG_LEN(4), 10, 0); /* room for one */
    close(taken[0]);
    SAY(pass(s[0], "none", 1, two));
    TAKE(s[1], 0, 10, 0);
    SAY(pass(s[0], "none", 1, two));
    TAKE(s[1], 8, 10, 0);
    /* a stream's bytes do not run over them */
    SAY(pass(s[0], "AA", 0, NULL));
    SAY(pass(s[0], "BB", 1, two));
    SAY(pass(s[0], "CC", 0, NULL));
    TAKE(s[1], 100, 20, 0);
    TAKE(s[1], 100, 1, MSG_DONTWAIT);
    TAKE(s[1], 100, 20, MSG_DONTWAIT);
    TAKE(s[1], 100, 20, MSG_DONTWAIT);
    int on = 1;
    SAY(setsockopt(s[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on));
    SAY(pass(s[0], "who", 1, two));
    TAKE(s[1], 100, 20, 0);
    SAY(pass(s[0], "lost", 1, two));
    close(s[0]);
    close(s[1]);
    close(p[0]);
}

int main(void)
{
    static char buffer[60000];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    rights(SOCK_STREAM);
    rights(SOCK_DGRAM);
    rights(SOCK_SEQPACKET);
    return 0;
}
