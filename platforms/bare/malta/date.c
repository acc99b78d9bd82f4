/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * date.c: the date from the PC's clock. A tick may ask in between.
 */
#include "clock.h"
#include "console.h"
#include "cpu.h"

#include <uc/mc146818.h>

enum {
    INDEX = 0x70,
    CELL = 0x71
};

static unsigned cell(unsigned n)
{
    out8(INDEX, (uint8_t)n);
    return in8(CELL);
}

uint64_t uc_date(void)
{
    uint32_t was = cpu_interrupts_hold();
    uint64_t s = mc146818_date(cell);

    cpu_interrupts_let(was);
    return s;
}
