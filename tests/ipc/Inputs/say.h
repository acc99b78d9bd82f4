/* SPDX-License-Identifier: BSD-2-Clause */
/* say.h: prints what a call returns, with errno's number. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define SAY(call)                                                              \
    do {                                                                       \
        errno = 0;                                                             \
        long say_ = (long)(call);                                              \
        printf("%d %s = %ld", __LINE__, #call, say_);                          \
        if (say_ < 0)                                                          \
            printf(" (%d)", errno);                                            \
        printf("\n");                                                          \
    } while (0)

static int bits_of(int fd)
{
    struct pollfd p = {fd, 0x7fff & ~POLLNVAL, 0};
    poll(&p, 1, 0);
    return p.revents;
}
#define BITS(fd) printf("%d poll(%s) %#x\n", __LINE__, #fd, bits_of(fd))

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
/*
 * Whether it took about so long: not sooner, and not much later. Of a timer
 * that is set before, FROM_NOW stands before that: much can come between the
 * two.
 */
static long from_ms;
#define FROM_NOW (from_ms = now_ms())
#define TAKES(ms, call)                                                        \
    do {                                                                       \
        long start_ = from_ms ? from_ms : now_ms();                            \
        from_ms = 0;                                                           \
        SAY(call);                                                             \
        long took_ = now_ms() - start_;                                        \
        printf("%d %s\n", __LINE__,                                            \
               took_<(ms) - 1 ? "too soon" : took_>(ms) + 2000 ? "too late"    \
                                                               : "in time");   \
    } while (0)

static volatile sig_atomic_t caught, caught_code, caught_value;
static void catcher(int sig, siginfo_t *info, void *context)
{
    (void)context;
    caught = sig;
    caught_code = info->si_code;
    caught_value = info->si_value.sival_int;
}
static void handle(int sig, int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = catcher;
    a.sa_flags = SA_SIGINFO | flags;
    sigaction(sig, &a, NULL);
}
static void say_caught(int line)
{
    printf("%d caught %d code %d\n", line, caught, caught_code);
    caught = caught_code = caught_value = 0;
}
#define CAUGHT() say_caught(__LINE__)
