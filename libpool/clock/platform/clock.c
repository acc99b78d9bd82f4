/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: the platform's clock. */
#include <uc/clock.h>
#include <uc/platform.h>

uint64_t uc_clock_wall(void)
{
    return uc_plat_wall_ns();
}

/*
 * Programs take it that the machine has been up for a while: a time of 0, which
 * stands for one that never was, is to be long ago (libevent: 5 seconds).
 */
static const uint64_t up_before = 60000000000;

uint64_t uc_clock_mono(void)
{
    return up_before + uc_plat_clock_ns();
}
