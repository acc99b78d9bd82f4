/* SPDX-License-Identifier: BSD-2-Clause */
/* monitor.h: semihosting; and the device that switches the machine off. */
#ifndef UC_MONITOR_H
#define UC_MONITOR_H

#include "cpu.h"
#include "layout.h"

/* Three instructions, as they are long, in one page. */
static inline void monitor_call(uint64_t call, const void *parameter)
{
    register uint64_t a0 __asm__("a0") = call;
    register const void *a1 __asm__("a1") = parameter;

    __asm__ volatile(".option push\n"
                     ".option norvc\n"
                     ".balign 16\n"
                     "slli zero, zero, 0x1f\n"
                     "ebreak\n"
                     "srai zero, zero, 7\n"
                     ".option pop"
                     : "+r"(a0)
                     : "r"(a1)
                     : "memory");
}

static inline void monitor_off(int status)
{
    const uint32_t pass = 0x5555, fail = 0x3333;

    *(volatile uint32_t *)(uintptr_t)POWER =
        status ? fail | (uint32_t)status << 16 : pass;
}

#endif
