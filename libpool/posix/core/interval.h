/* SPDX-License-Identifier: BSD-2-Clause */
/* interval.h: timers that may repeat, as timerfd, setitimer and timer_settime
 * have them. */
#ifndef UC_POSIX_INTERVAL_H
#define UC_POSIX_INTERVAL_H

#include <linux/time.h>
#include <uc/timeout.h>

#include "core.h"

struct interval {
    struct uc_timeout timer;
    uint64_t every; /* ns; 0: once */
    int clock;
    /* It has expired so often since it was set or this was called. */
    void (*expired)(struct interval *i, uint64_t times);
};

/* 0, or -EINVAL for a time that is none. `old` may be NULL. */
long uc_interval_set(struct interval *i, const struct __kernel_itimerspec *new,
                     struct __kernel_itimerspec *old, bool absolute);
void uc_interval_get(const struct interval *i, struct __kernel_itimerspec *now);

#endif
