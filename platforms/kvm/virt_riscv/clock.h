/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: how many counts of cpu_time() there are in a second. */
#ifndef UC_CLOCK_H
#define UC_CLOCK_H

#include "cpu.h"

/* clock_hz.c: as the device tree has it. */
uint64_t uc_clock_hz(void);

static inline uint64_t clock_hz(void)
{
    return uc_clock_hz();
}

#endif
