/* SPDX-License-Identifier: BSD-2-Clause */
/* monitor.h: calls of what is below us: semihosting, and PSCI. */
#ifndef UC_MONITOR_H
#define UC_MONITOR_H

#include "cpu.h"

static inline void monitor_call(uint32_t call, const void *parameter)
{
    register uint32_t r0 __asm__("r0") = call;
    register const void *r1 __asm__("r1") = parameter;

    __asm__ volatile("svc #0xab" : "+r"(r0) : "r"(r1) : "memory");
}

/* PSCI's SYSTEM_OFF, which takes no status. */
static inline void monitor_off(int status)
{
    register uint32_t r0 __asm__("r0") = 0x84000008;

    (void)status;
    __asm__ volatile(".inst.w 0xf7e08000" /* hvc #0 */ : "+r"(r0)::"memory");
}

#endif
