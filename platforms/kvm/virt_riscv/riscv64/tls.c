/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer, a register. */
#include <uc/platform.h>

void uc_plat_tls(void *tls)
{
    __asm__ volatile("mv tp, %0" ::"r"(tls));
}
