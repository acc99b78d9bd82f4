/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: what counts, how fast, and the PC's clock. */
#ifndef UC_CLOCK_H
#define UC_CLOCK_H

#include <stdint.h>

/* clock_rate.c: how often the processor counts in a second, from a start on. */
void uc_clock_start(void);
uint32_t uc_clock_hz(void);
/* The timer is to interrupt ns from now, or earlier. */
void uc_clock_alarm(uint64_t ns);
/* Seconds since 1970, of the PC's clock (date.c). */
uint64_t uc_date(void);

#endif
