/*
 * client.c: a program that connects to others: to port argv[2] of argv[1], a
 * name or an address; sends a line, ends its half, and prints what comes; then
 * to a port where nobody is.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int try_connect(const char *host, const char *port, int flags)
{
    struct addrinfo hint = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM},
                    *list;
    int error = getaddrinfo(host, port, &hint, &list), s = -1;

    if (error) {
        printf("%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    for (struct addrinfo *a = list; a; a = a->ai_next) {
        s = socket(a->ai_family, SOCK_STREAM | flags, 0);
        if (connect(s, a->ai_addr, a->ai_addrlen) == 0)
            break;
        if (errno == EINPROGRESS) {
            struct pollfd p = {s, POLLOUT, 0};
            int value = 0;
            socklen_t n = sizeof value;
            poll(&p, 1, 10000);
            getsockopt(s, SOL_SOCKET, SO_ERROR, &value, &n);
            if (!value)
                break;
            errno = value;
        }
        error = errno;
        close(s);
        s = -1;
    }
    freeaddrinfo(list);
    errno = error;
    return s;
}

int main(int argc, char **argv)
{
    char line[256];
    ssize_t n;

    for (int i = 0; i < 2; i++) {
        int s = try_connect(argv[1], argv[2], i ? SOCK_NONBLOCK : 0);
        if (s < 0) {
            perror("connect");
            return 1;
        }
        if (write(s, "a line\n", 7) != 7 || shutdown(s, SHUT_WR))
            perror("write");
        struct pollfd p = {s, POLLIN, 0};
        while (poll(&p, 1, 10000) == 1 && (n = read(s, line, sizeof line)) > 0)
            printf("%.*s", (int)n, line);
        close(s);
        if (argc > 3 &&
            try_connect(argv[1], argv[3], i ? SOCK_NONBLOCK : 0) < 0)
            printf("nobody: %s\n", strerror(errno));
    }
    return 0;
}
