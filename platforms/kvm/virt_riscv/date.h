/* SPDX-License-Identifier: BSD-2-Clause */
/* date.h: goldfish's clock, which counts nanoseconds since 1970. */
#ifndef UC_DATE_H
#define UC_DATE_H

#include <stdint.h>

static inline uint64_t date_ns(volatile uint32_t *clock)
{
    uint32_t low = clock[0]; /* keeps the upper half for the next read */

    return (uint64_t)clock[1] << 32 | low;
}

#endif
