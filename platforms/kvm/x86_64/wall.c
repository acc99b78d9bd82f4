/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wall.c: the date, read once from the PC's clock; from then on the counter
 * goes on. A machine without it (its ports read 0xff) starts in 1970.
 *
 * QEMU starts that clock with a whole second, so it is up to one behind.
 * unicore-run knows better: to a byte on the third serial line it answers with
 * nanoseconds, 8 bytes. That is taken if it fits the date, which may be
 * another one on purpose (-rtc base=).
 */
#include <uc/mc146818.h>
#include <uc/platform.h>

#include "cpu.h"

enum {
    LINE = 0x3e8,
    LINE_FIFO = LINE + 2,
    LINE_STATUS = LINE + 5,
    HAS_BYTE = 1,
    NO_LINE = 0xff,
    DEBUG_CONSOLE = 0xe9, /* unicore-run's; reads as its number */
    TIMES = 8,
    LONG = 500000 /* nanoseconds */
};

static unsigned cell(unsigned n)
{
    out8(0x70, (uint8_t)n);
    return in8(0x71);
}

/* The nanoseconds that unicore-run has; something else if it is not there. */
static uint64_t told(uint64_t limit)
{
    uint64_t ns = 0;

    if (in8(DEBUG_CONSOLE) != DEBUG_CONSOLE) /* who is there knows nothing */
        return 0;
    out8(LINE_FIFO, 1);
    out8(LINE, 0);
    for (int bits = 0; bits < 64 && uc_plat_clock_ns() < limit;) {
        uint8_t status = in8(LINE_STATUS);
        if (status == NO_LINE)
            break;
        if (status & HAS_BYTE) {
            ns |= (uint64_t)in8(LINE) << bits;
            bits += 8;
        }
    }
    return ns;
}

/*
 * What the counter's zero is since 1970. What was told is of a time while we
 * asked; we ask again if that took long, the computer being busy.
 */
static uint64_t zero(void)
{
    uint64_t second = 1000000000, ns = mc146818_date(cell) * second,
             least = second;
    uint64_t zero = ns - uc_plat_clock_ns();

    for (int i = 0; i < TIMES && least > LONG; i++) {
        uint64_t before = uc_plat_clock_ns(), exact = told(before + second);
        uint64_t took = uc_plat_clock_ns() - before;
        if (exact - ns >= 2 * second)
            break;
        if (took < least) {
            least = took;
            zero = exact - before - took / 2;
        }
    }
    return zero;
}

uint64_t uc_plat_wall_ns(void)
{
    static uint64_t at_start; /* of the counter, since 1970 */

    if (!at_start)
        at_start = zero();
    return at_start + uc_plat_clock_ns();
}
