/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.c: time since the machine's start, by the generic timer. Its rate is
 * in a register; the product with it is rounded once, from the start on.
 */
#include <uc/platform.h>

#include "clock.h"

uint64_t uc_plat_clock_ns(void)
{
    const uint64_t second = 1000000000;
    uint64_t now = cpu_time(), hz = clock_hz();

    return now / hz * second + now % hz * second / hz;
}

uint64_t uc_plat_ticks(void)
{
    return cpu_time();
}
