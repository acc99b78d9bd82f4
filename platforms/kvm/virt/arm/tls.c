/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer, a register. */
#include <uc/platform.h>

#include "cpu.h"

void uc_plat_tls(void *tls)
{
    cpu_write(0, c13, c0, 3, (uintptr_t)tls);
}
