/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.c: time since it was first asked for, by the time stamp counter. Where
 * nobody tells its rate, the timer chip serves at first: 55 ms is how long it
 * can count. Whoever asks in the last 45 of them has the rate measured without
 * a wait; only a program that asks again after that waits for it, 10 ms.
 */
#include <uc/platform.h>

#include "clock.h"
#include "cpu.h"

static struct clock_sample first;
static uint64_t rate;

static void start(void)
{
    rate = uc_clock_rate_told();
    if (!rate)
        first = uc_clock_start_timer();
    if (!rate && first.over)
        rate = uc_clock_rate_measured();
    if (!first.tsc)
        first.tsc = cpu_tsc();
}

/* By the timer, while that lasts; then the rate is known. */
static uint64_t early(void)
{
    struct clock_sample now = uc_clock_sample();

    rate = now.over ? uc_clock_rate_measured()
                    : uc_clock_rate_between(&first, &now);
    return (uint64_t)(uint16_t)(first.count - now.count) * 1000000000 /
           TIMER_HZ;
}

uint64_t uc_plat_clock_ns(void)
{
    static uint64_t last;
    uint64_t now = 0;

    if (!first.tsc)
        start();
    if (!rate)
        now = early();
    if (rate)
        now =
            (uint64_t)((unsigned __int128)(cpu_tsc() - first.tsc) * rate >> 32);
    if (now > last) /* where one measure takes over from another */
        last = now;
    return last;
}

uint64_t uc_plat_ticks(void)
{
    return cpu_tsc();
}
