/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mc146818.h: the clock of a PC (Motorola MC146818), which counts seconds in
 * UTC, by its cells 0 to 127. Days from the civil date: years start in March,
 * so that the leap day is a year's last.
 */
#ifndef UC_MC146818_H
#define UC_MC146818_H

#include <stdbool.h>
#include <stdint.h>

/* A cell's value; 0xff where there is no such clock. */
typedef unsigned mc146818_cell(unsigned n);

enum {
    MC146818_SECOND = 0,
    MC146818_MINUTE = 2,
    MC146818_HOUR = 4,
    MC146818_DAY = 7,
    MC146818_MONTH = 8,
    MC146818_YEAR = 9,
    MC146818_A = 10,
    MC146818_A_UPDATING = 0x80,
    MC146818_B = 11,
    MC146818_B_BINARY = 4,
    MC146818_B_HOURS_24 = 2,
    MC146818_AFTERNOON = 0x80,
    MC146818_NONE = 0xff
};

static inline unsigned mc146818_number(mc146818_cell *cell, unsigned v)
{
    return cell(MC146818_B) & MC146818_B_BINARY ? v : v - v / 16 * 6;
}

static inline unsigned mc146818_hour(mc146818_cell *cell)
{
    unsigned v = cell(MC146818_HOUR), pm = v & MC146818_AFTERNOON;

    if (cell(MC146818_B) & MC146818_B_HOURS_24)
        return mc146818_number(cell, v);
    return mc146818_number(cell, v - pm) % 12 + (pm ? 12 : 0);
}

static inline uint64_t mc146818_seconds(mc146818_cell *cell)
{
    unsigned year = 2000 + mc146818_number(cell, cell(MC146818_YEAR));
    unsigned month = mc146818_number(cell, cell(MC146818_MONTH));
    unsigned m = month > 2 ? month - 3 : month + 9, days;

    year -= month <= 2;
    days = year * 365 + year / 4 - year / 100 + year / 400 + (m * 153 + 2) / 5 +
           mc146818_number(cell, cell(MC146818_DAY)) - 1 - 719468;
    return ((days * (uint64_t)24 + mc146818_hour(cell)) * 60 +
            mc146818_number(cell, cell(MC146818_MINUTE))) *
               60 +
           mc146818_number(cell, cell(MC146818_SECOND));
}

/* Seconds since 1970, the same twice: not read while it changed; 0: none. */
static inline uint64_t mc146818_date(mc146818_cell *cell)
{
    uint64_t s;

    if (cell(MC146818_A) == MC146818_NONE)
        return 0;
    do {
        while (cell(MC146818_A) & MC146818_A_UPDATING)
            ;
        s = mc146818_seconds(cell);
    } while (s != mc146818_seconds(cell));
    return s;
}

#endif
