/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * date.c: the PC's clock, which counts seconds in UTC. Days from the civil
 * date: years start in March, so that the leap day is a year's last.
 */
#include "clock.h"
#include "console.h"
#include "cpu.h"

enum {
    INDEX = 0x70,
    CELL = 0x71,
    SECOND = 0,
    MINUTE = 2,
    HOUR = 4,
    DAY = 7,
    MONTH = 8,
    YEAR = 9,
    STATUS_A = 10,
    STATUS_B = 11,
    UPDATING = 0x80,
    BINARY = 4,
    HOURS_24 = 2,
    AFTERNOON = 0x80,
};

static unsigned cell(unsigned n)
{
    out8(INDEX, (uint8_t)n);
    return in8(CELL);
}

static unsigned number(unsigned v)
{
    return cell(STATUS_B) & BINARY ? v : v - v / 16 * 6;
}

static unsigned hour(void)
{
    unsigned v = cell(HOUR), h = number(v & ~(unsigned)AFTERNOON);

    if (cell(STATUS_B) & HOURS_24)
        return number(v);
    return h % 12 + (v & AFTERNOON ? 12 : 0);
}

static uint64_t seconds(void)
{
    unsigned year = 2000 + number(cell(YEAR)), month = number(cell(MONTH));
    unsigned days, m = month > 2 ? month - 3 : month + 9;

    year -= month <= 2;
    days = year * 365 + year / 4 - year / 100 + year / 400 + (m * 153 + 2) / 5 +
           number(cell(DAY)) - 1 - 719468;
    return ((days * (uint64_t)24 + hour()) * 60 + number(cell(MINUTE))) * 60 +
           number(cell(SECOND));
}

/* The same twice: not read while it changed. A tick may ask in between. */
uint64_t uc_date(void)
{
    uint32_t was = cpu_interrupts_hold();
    uint64_t s;

    do {
        while (cell(STATUS_A) & UPDATING)
            ;
        s = seconds();
    } while (s != seconds());
    cpu_interrupts_let(was);
    return s;
}
