/* SPDX-License-Identifier: BSD-2-Clause */
/* date.h: the PL031, which counts seconds since 1970. */
#ifndef UC_DATE_H
#define UC_DATE_H

#include <stdint.h>

static inline uint64_t date_ns(volatile uint32_t *clock)
{
    return *clock * (uint64_t)1000000000;
}

#endif
