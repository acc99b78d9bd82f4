/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer, which the kernel sets. */
#include <asm/prctl.h>
#include <asm/unistd.h>
#include <uc/platform.h>
#include <uc/raw.h>

void uc_plat_tls(void *tls)
{
    uc_raw2(__NR_arch_prctl, ARCH_SET_FS, (long)tls);
}
