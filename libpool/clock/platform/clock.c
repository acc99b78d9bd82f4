/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: the platform's clock. */
#include <uc/clock.h>
#include <uc/platform.h>

uint64_t uc_clock_wall(void)
{
    return uc_plat_wall_ns();
}

uint64_t uc_clock_mono(void)
{
    return uc_plat_clock_ns();
}
