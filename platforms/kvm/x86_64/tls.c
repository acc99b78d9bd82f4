/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer is %fs. */
#include <uc/platform.h>

#include "cpu.h"

enum {
    FS_BASE = 0xc0000100 - 0x100000000
};

void uc_plat_tls(void *tls)
{
    cpu_write_msr((uint32_t)FS_BASE, (uint64_t)tls);
}
