/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interval.c: see interval.h. Nobody sets the clocks, so a time of any of them
 * is made a time of uc_clock_mono once.
 */
#include "interval.h"

#include <uc/clock.h>
#include <uc/sched.h>

enum {
    NS = 1000000000
};

static struct __kernel_timespec timespec_of(uint64_t ns)
{
    return (struct __kernel_timespec){(int64_t)(ns / NS), (long)(ns % NS)};
}

static void fire(struct uc_timeout *t)
{
    struct interval *i = (struct interval *)t;
    uint64_t times = 1;
    if (i->every) {
        times += (uc_clock_mono() - t->at) / i->every;
        uc_timeout_set(t, t->at + times * i->every);
    }
    i->expired(i, times);
}

void uc_interval_get(const struct interval *i, struct __kernel_itimerspec *now)
{
    uint64_t left = 0;
    if (i->timer.link) { /* one that is due has not expired for nobody yet */
        uint64_t at = i->timer.at, here = uc_clock_mono();
        left = at > here ? at - here : 1;
    }
    now->it_value = timespec_of(left);
    now->it_interval = timespec_of(i->every);
}

long uc_interval_set(struct interval *i, const struct __kernel_itimerspec *new,
                     struct __kernel_itimerspec *old, bool absolute)
{
    uint64_t value, every, now;
    if (uc_timespec_ns(&new->it_value, &value) ||
        uc_timespec_ns(&new->it_interval, &every))
        return -EINVAL;
    if (old)
        uc_interval_get(i, old);
    uc_timeout_stop(&i->timer);
    i->every = every;
    if (!value)
        return 0;
    if (absolute && !uc_clock_read(i->clock, &now))
        value = value > now ? value - now : 0;
    i->timer.fire = fire;
    uc_timeout_set(&i->timer, uc_deadline(value));
    return 0;
}
