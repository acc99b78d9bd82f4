/* SPDX-License-Identifier: BSD-2-Clause */
/* console.c: the process's standard input, output and error. */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/poll.h>
#include <uc/platform.h>
#include <uc/raw.h>

#include "wait.h"

static void write_all(int fd, const void *p, size_t n)
{
    const char *s = p;

    while (n) {
        long done = uc_raw3(__NR_write, fd, (long)s, (long)n);
        if (done < 0 && done != -EINTR && done != -EAGAIN)
            return; /* a closed pipe has already ended the process */
        if (done > 0) {
            s += done;
            n -= (size_t)done;
        }
    }
}

void uc_plat_console_write(const void *p, size_t n)
{
    write_all(1, p, n);
}

void uc_plat_stderr_write(const void *p, size_t n)
{
    write_all(2, p, n);
}

long uc_plat_console_read(void *p, size_t n)
{
    long got;

    do
        got = uc_raw3(__NR_read, 0, (long)p, (long)n);
    while (got == -EINTR);
    return got < 0 ? 0 : got;
}

long uc_plat_console_try(void *p, size_t n)
{
    struct pollfd in = {0, POLLIN, 0};
    const long at_once[2] = {0, 0}; /* a struct timespec of longs */
    long ready = uc_raw5(__NR_ppoll, (long)&in, 1, (long)at_once, 0, 0);

    uc_wait_for_console(ready <= 0);
    return ready > 0 ? uc_plat_console_read(p, n) : -EAGAIN;
}
