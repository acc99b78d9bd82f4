/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: time since the machine's start, by the time stamp counter. */
#include <uc/platform.h>

#include "clock.h"
#include "cpu.h"

uint64_t uc_plat_clock_ns(void)
{
    uint64_t rate = uc_clock_rate();

    return (uint64_t)((unsigned __int128)cpu_tsc() * rate >> 32);
}

uint64_t uc_plat_ticks(void)
{
    return cpu_tsc();
}

/* No interrupt could end a halt, so the time is spent waiting. */
void uc_plat_sleep_ns(uint64_t ns)
{
    uint64_t start = uc_plat_clock_ns();

    while (uc_plat_clock_ns() - start < ns)
        cpu_pause();
}
