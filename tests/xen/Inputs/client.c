/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * client.c: what a domain does on its network, one after the other:
 *
 *     fetch ADDRESS PORT   reads all that comes from there
 *     always ADDRESS PORT  the same, without end
 *     echo                 takes a connection on port 7, sends back what comes
 *     send ADDRESS BYTES   to port 7 of there, and takes them back
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static uint8_t b[4096];

static uint32_t sum(uint32_t h, long n)
{
    for (long i = 0; i < n; i++)
        h = (h ^ b[i]) * 16777619;
    return h;
}

/* It may not be up yet. */
static int open_to(const char *address, int port)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)port),
                            .sin_addr.s_addr = inet_addr(address)};

    for (int i = 0; i < 100; i++) {
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (!connect(s, (struct sockaddr *)&a, sizeof a))
            return s;
        close(s);
        usleep(200000);
    }
    return -1;
}

static void fetch(const char *address, int port)
{
    int s = open_to(address, port);
    uint32_t h = 2166136261;
    long n, all = 0;

    for (; (n = read(s, b, sizeof b)) > 0; all += n)
        h = sum(h, n);
    printf("fetched %ld %08x\n", all, h);
    fflush(stdout);
    close(s);
}

static void echo(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    int s = socket(AF_INET, SOCK_STREAM, 0), c, one = 1;
    long n, all = 0;

    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    bind(s, (struct sockaddr *)&a, sizeof a);
    listen(s, 5);
    puts("listening");
    fflush(stdout);
    c = accept(s, NULL, NULL);
    for (; (n = read(c, b, sizeof b)) > 0; all += n)
        for (long w = 0, k; w < n; w += k)
            if ((k = write(c, b + w, (size_t)(n - w))) <= 0)
                n = w = 0, k = 0;
    printf("echoed %ld\n", all);
    close(c);
    close(s);
}

static void send_to(const char *address, long bytes)
{
    int s = open_to(address, 7), room;
    long out = 0, in = 0, n, wrong = 0;

    while (in < bytes) {
        struct pollfd p = {s, POLLIN | (out < bytes ? POLLOUT : 0), 0};
        poll(&p, 1, -1);
        room = out < bytes && p.revents & POLLOUT;
        if (room) {
            for (long i = 0; i < 1000; i++)
                b[i] = (uint8_t)((out + i) * 7);
            n = send(s, b, (size_t)(bytes - out < 1000 ? bytes - out : 1000),
                     MSG_DONTWAIT);
            out += n > 0 ? n : 0;
        }
        if (!(p.revents & (POLLIN | POLLHUP | POLLERR)))
            continue;
        if ((n = recv(s, b, sizeof b, MSG_DONTWAIT)) <= 0)
            break;
        for (long i = 0; i < n; i++)
            wrong += b[i] != (uint8_t)((in + i) * 7);
        in += n;
    }
    printf("sent %ld, back %ld, wrong %ld\n", out, in, wrong);
    close(s);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "fetch") && i + 2 < argc) {
            fetch(argv[i + 1], atoi(argv[i + 2]));
            i += 2;
        } else if (!strcmp(argv[i], "always") && i + 2 < argc) {
            for (;;)
                fetch(argv[i + 1], atoi(argv[i + 2]));
        } else if (!strcmp(argv[i], "send") && i + 2 < argc) {
            send_to(argv[i + 1], atol(argv[i + 2]));
            i += 2;
        } else {
            echo();
        }
    puts("done");
    return 0;
}
