/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: how many counts of cpu_time() there are in a second. */
#ifndef UC_CLOCK_H
#define UC_CLOCK_H

#include "cpu.h"

PLAIN static inline uint64_t clock_hz(void)
{
    return cpu_time_hz();
}

#endif
