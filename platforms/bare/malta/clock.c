/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.c: time since it was first asked for, by the processor's counter. That
 * has 32 bits, which last less than a minute. Its timer notes that half of
 * them have passed since it was set; whoever asks after that looks at the date
 * for how many times the counter has been round. So a program may compute for
 * hours, as long as the two clocks do not differ by half a round.
 */
#include "clock.h"

#include <stdbool.h>
#include <uc/platform.h>

#include "cpu.h"

enum {
    TIMER_NOTED = 1 << 30, /* in Cause */
    HALF_ROUND = 31,
};

static uint64_t counted; /* from the first on */
static uint64_t date;    /* at the last look at it */
static uint64_t date_counted;

static void set_timer(uint32_t from)
{
    cpu_compare(from + (1U << HALF_ROUND));
}

/* Whole rounds that are missing in `counted`, by the date. */
static void add_rounds(void)
{
    uint64_t hz = uc_clock_hz(), now = uc_date();
    uint64_t by_date = now > date ? (now - date) * hz : 0;
    uint64_t by_count = counted - date_counted;
    uint64_t half = (uint64_t)1 << HALF_ROUND;

    if (by_date > by_count + half)
        counted += (by_date - by_count + half) >> 32 << 32;
    date = now;
    date_counted = counted;
}

static uint64_t count_on(void)
{
    static uint32_t last;
    bool noted = cpu_read(13, 0) & TIMER_NOTED;
    uint32_t now = cpu_count();

    if (!date) {
        uc_clock_start();
        date = uc_date();
        last = now;
        set_timer(now);
        return 0;
    }
    counted += now - last;
    last = now;
    if (noted) {
        add_rounds();
        set_timer(now);
    }
    return counted;
}

/* All counts since the first. A tick (tick.c) asks, too. */
static uint64_t count(void)
{
    uint32_t was = cpu_interrupts_hold();
    uint64_t all = count_on();

    cpu_interrupts_let(was);
    return all;
}

uint64_t uc_plat_clock_ns(void)
{
    const uint64_t second = 1000000000;
    uint64_t now = count(), hz = now ? uc_clock_hz() : 1;

    return now / hz * second + now % hz * second / hz;
}

void uc_clock_alarm(uint64_t ns)
{
    const uint64_t second = 1000000000, longest = 4 * second;
    uint64_t counts;

    count();
    counts = (ns < longest ? ns : longest) * uc_clock_hz() / second;
    cpu_compare(cpu_count() + (uint32_t)counts + 1);
}

uint64_t uc_plat_ticks(void)
{
    return cpu_count();
}
