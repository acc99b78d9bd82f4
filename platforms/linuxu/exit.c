/* SPDX-License-Identifier: BSD-2-Clause */
/* exit.c: the end of the process. */
#include <asm/unistd.h>
#include <uc/platform.h>
#include <uc/raw.h>

void uc_plat_exit(int status)
{
    for (;;)
        uc_raw1(__NR_exit_group, status);
}
