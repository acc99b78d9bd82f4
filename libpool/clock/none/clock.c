/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.c: time stands still at the epoch. */
#include <uc/clock.h>

uint64_t uc_clock_wall(void)
{
    return 0;
}

uint64_t uc_clock_mono(void)
{
    return 0;
}
