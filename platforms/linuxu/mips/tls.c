/* SPDX-License-Identifier: BSD-2-Clause */
/* tls.c: the thread pointer, which the kernel sets. */
#include <asm/unistd.h>
#include <uc/platform.h>
#include <uc/raw.h>

void uc_plat_tls(void *tls)
{
    uc_raw1(__NR_set_thread_area, (long)tls);
}
