/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.c: the platform's console, for output. Nobody reads it: were the
 * analysis wrong, the program would see an error, not an empty input.
 */
#include <linux/errno.h>
#include <linux/poll.h>
#include <uc/console.h>
#include <uc/platform.h>

long uc_console_read(void *p, size_t n)
{
    (void)p, (void)n;
    return -EIO;
}

unsigned uc_console_state(void)
{
    return POLLIN | POLLRDNORM;
}

struct uc_queue *uc_console_queue(void)
{
    static struct uc_queue never;

    return &never;
}

void uc_console_write(const void *p, size_t n)
{
    uc_plat_console_write(p, n);
}
