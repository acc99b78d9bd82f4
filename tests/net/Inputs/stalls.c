/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stalls.c: streams to port 7, one after the other; the first byte says what is
 * done. 's': nothing is read for a second, then a byte says so, and all is
 * read. Else it is a number: for each byte that comes one is sent, as many at
 * once as the number, without delay. 'w': later ones have a small window. 'q'
 * ends it.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    TURN = 251 /* the bytes that are sent are their numbers, modulo that */
};

static char in[16384], out[TURN + 128];

static void stall(int s)
{
    nanosleep(&(struct timespec){1, 0}, NULL);
    write(s, "r", 1);
    while (read(s, in, sizeof in) > 0)
        ;
}

static void crumbs(int s, long size)
{
    long owed = 1, n = 1, at = 0;

    fcntl(s, F_SETFL, O_NONBLOCK);
    while (n != 0 || owed) {
        struct pollfd p = {s, (short)((n ? POLLIN : 0) | (owed ? POLLOUT : 0)),
                           0};
        poll(&p, 1, -1);
        if (p.revents & (POLLERR | POLLHUP))
            return;
        if (p.revents & POLLIN) {
            n = read(s, in, sizeof in);
            owed += n > 0 ? n : 0;
        }
        for (int i = 0; i < 200 && owed && p.revents & POLLOUT; i++) {
            long sent =
                write(s, out + at % TURN, (size_t)(owed < size ? owed : size));
            if (sent <= 0)
                break;
            owed -= sent;
            at += sent;
        }
    }
}

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    int l = socket(AF_INET, SOCK_STREAM, 0), s, one = 1;
    int room = 2048;

    for (size_t i = 0; i < sizeof out; i++)
        out[i] = (char)(i % TURN);
    if (bind(l, (struct sockaddr *)&a, sizeof a) || listen(l, 5))
        return 1;
    puts("ready");
    fflush(stdout);
    while ((s = accept(l, NULL, NULL)) >= 0) {
        char what = 0;
        setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        read(s, &what, 1);
        if (what == 'q')
            break;
        if (what == 'w')
            setsockopt(l, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        else if (what == 's')
            stall(s);
        else
            crumbs(s, what);
        close(s);
    }
    return 0;
}
