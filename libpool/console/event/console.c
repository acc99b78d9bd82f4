/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.c: input by a poll step. It takes bytes only when those before have
 * been read, so that what nobody reads stays where it comes from.
 */
#include <linux/errno.h>
#include <linux/poll.h>
#include <stdbool.h>
#include <uc/console.h>
#include <uc/platform.h>
#include <uc/string.h>

static char buffer[512];
static size_t first, used; /* of it */
static bool ended;
static struct uc_queue queue;

uint64_t uc_console_poll(void);

uint64_t uc_console_poll(void)
{
    long got;

    if (used || ended)
        return UINT64_MAX;
    got = uc_plat_console_try(buffer, sizeof buffer);
    if (got < 0)
        return UINT64_MAX;
    first = 0;
    used = (size_t)got;
    ended = !got;
    uc_queue_wake(&queue);
    return UINT64_MAX;
}

unsigned uc_console_state(void)
{
    uc_console_poll(); /* who never waits */
    if (used)
        return POLLIN | POLLRDNORM;
    return ended ? POLLHUP : 0;
}

struct uc_queue *uc_console_queue(void)
{
    return &queue;
}

long uc_console_read(void *p, size_t n)
{
    while (!uc_console_state()) {
        long error = uc_wait(&queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    if (n > used)
        n = used;
    memcpy(p, buffer + first, n);
    first += n;
    used -= n;
    return (long)n;
}

void uc_console_write(const void *p, size_t n)
{
    uc_plat_console_write(p, n);
}
