/* SPDX-License-Identifier: BSD-2-Clause */
/* uhi.c: the monitor's semihosting (MIPS UHI). */
#include "boot.h"

bool uc_uhi;

int uc_uhi_call(int call, uint32_t a, uint32_t b, uint32_t c)
{
    register int r25 __asm__("$25") = call;
    register uint32_t r4 __asm__("$4") = a;
    register uint32_t r5 __asm__("$5") = b;
    register uint32_t r6 __asm__("$6") = c;
    register int result __asm__("$2");

    __asm__ volatile("sdbbp 1"
                     : "=r"(result), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r25)
                     :
                     : "$3", "memory");
    return result;
}
