/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock_date.c: how fast the time stamp counter goes, over a second of the PC's
 * clock.
 */
#include "clock.h"
#include "cpu.h"

enum {
    DATE_INDEX = 0x70, /* cell 0 has the seconds */
    DATE_CELL = 0x71
};

/* The counter when the clock's second changes; 0: it does not. */
static uint64_t date_edge(void)
{
    uint64_t start = cpu_tsc(), now;

    out8(DATE_INDEX, 0);
    uint8_t second = in8(DATE_CELL);
    if (second == 0xff)
        return 0;
    do {
        now = cpu_tsc();
        if (now - start > 2 * CLOCK_MOST_HZ)
            return 0;
    } while (in8(DATE_CELL) == second);
    return now;
}

uint64_t uc_clock_rate_of_date(void)
{
    uint64_t first = date_edge(), second = first ? date_edge() : 0;

    return second ? uc_clock_rate_of(second - first) : 0;
}
