/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wall.c: the date, read once from the machine's clock; from then on the timer
 * goes on. A machine without a clock starts in 1970.
 */
#include <uc/platform.h>

#include "date.h"
#include "machine.h"

uint64_t uc_plat_wall_ns(void)
{
    static uint64_t zero; /* of the timer, since 1970 */

    if (!zero) {
        uint64_t where = uc_machine()->clock, second = 1000000000;
        volatile uint32_t *clock = where ? uc_plat_device(where, 8) : NULL;
        zero = (clock ? date_ns(clock) : second) - uc_plat_clock_ns();
    }
    return zero + uc_plat_clock_ns();
}
