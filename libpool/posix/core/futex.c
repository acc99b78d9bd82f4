/* SPDX-License-Identifier: BSD-2-Clause */
/* futex.c: futexes of the one thread: waking finds nobody. */
#include <linux/futex.h>
#include <linux/time.h>
#include <uc/clock.h>
#include <uc/sched.h>

#include "core.h"

static const uint64_t second = 1000000000;

/* Nanoseconds that a wait may take from now. */
static long timeout_ns(long command, bool realtime, long timeout, uint64_t *ns)
{
    const struct timespec *t = (const struct timespec *)timeout;
    *ns = UINT64_MAX;
    if (!t)
        return 0;
    if (t->tv_sec < 0 || (unsigned long)t->tv_nsec >= second)
        return -EINVAL;
    *ns = (uint64_t)t->tv_sec * second + (uint64_t)t->tv_nsec;
    if (command == FUTEX_WAIT)
        return 0;
    uint64_t now = realtime ? uc_clock_wall() : uc_clock_mono();
    *ns = *ns > now ? *ns - now : 0;
    return 0;
}

static long wait(long word, long command, bool realtime, long value,
                 long timeout)
{
    uint64_t ns;
    long error = timeout_ns(command, realtime, timeout, &ns);
    if (error)
        return error;
    if (*(volatile int *)word != (int)value)
        return -EAGAIN;
    return uc_wait(NULL, uc_deadline(ns), false);
}

long uc_sys_futex(long word, long operation, long value, long timeout,
                  long word2, long value3)
{
    (void)word2;
    if (word & 3)
        return -EINVAL;
    switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT_BITSET:
        if (!(int)value3)
            return -EINVAL;
        return wait(word, FUTEX_WAIT_BITSET, operation & FUTEX_CLOCK_REALTIME,
                    value, timeout);
    case FUTEX_WAIT:
        return wait(word, FUTEX_WAIT, false, value, timeout);
    case FUTEX_CMP_REQUEUE:
        return *(volatile int *)word == (int)value3 ? 0 : -EAGAIN;
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
    case FUTEX_REQUEUE:
        return 0;
    default:
        return -ENOSYS;
    }
}
