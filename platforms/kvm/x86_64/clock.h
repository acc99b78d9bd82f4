/* SPDX-License-Identifier: BSD-2-Clause */
/* clock.h: how fast the time stamp counter goes (clock_rate.c). */
#ifndef UC_KVM_CLOCK_H
#define UC_KVM_CLOCK_H

#include <stdint.h>

/* Nanoseconds per tick, times 2^32; found out once. */
uint64_t uc_clock_rate(void);

#endif
