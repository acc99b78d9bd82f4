/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_spare.c: what tells the rate on a machine without the timer chip. */
#include "clock.h"

uint64_t uc_clock_rate_spare(void)
{
    return uc_clock_rate_of_date();
}
