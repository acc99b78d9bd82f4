/* SPDX-License-Identifier: BSD-2-Clause */
/* monitor.h: calls of what is below us: semihosting, and PSCI. */
#ifndef UC_MONITOR_H
#define UC_MONITOR_H

#include "cpu.h"

static inline void monitor_call(uint64_t call, const void *parameter)
{
    register uint64_t x0 __asm__("x0") = call;
    register const void *x1 __asm__("x1") = parameter;

    __asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

/* PSCI's SYSTEM_OFF, which takes no status. */
static inline void monitor_off(int status)
{
    register uint64_t x0 __asm__("x0") = 0x84000008;

    (void)status;
    __asm__ volatile("hvc #0" : "+r"(x0)::"memory");
}

#endif
