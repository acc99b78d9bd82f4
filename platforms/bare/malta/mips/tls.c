/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer, a register. */
#include <uc/platform.h>

#include "cpu.h"

void uc_plat_tls(void *tls)
{
    cpu_write(4, 2, (uintptr_t)tls);
}
