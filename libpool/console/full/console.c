/* SPDX-License-Identifier: BSD-2-Clause */
/* console.c: the platform's console, both ways. */
#include <linux/poll.h>
#include <uc/console.h>
#include <uc/platform.h>

long uc_console_read(void *p, size_t n)
{
    return uc_plat_console_read(p, n);
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
