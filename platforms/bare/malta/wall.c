/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wall.c: the date, read once; from then on the counter goes on. QEMU starts
 * the PC's clock with a whole second, so it is up to one behind.
 */
#include <uc/platform.h>

#include "clock.h"

uint64_t uc_plat_wall_ns(void)
{
    static uint64_t zero; /* of the counter, since 1970 */

    if (!zero)
        zero = uc_date() * 1000000000 - uc_plat_clock_ns();
    return zero + uc_plat_clock_ns();
}
