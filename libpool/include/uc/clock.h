/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: the contract of role clock: the time, in nanoseconds. */
#ifndef UC_CLOCK_H
#define UC_CLOCK_H

#include <stdint.h>

uint64_t uc_clock_wall(void); /* since 1970-01-01 UTC */
uint64_t uc_clock_mono(void); /* since some point; never goes back */

#endif
