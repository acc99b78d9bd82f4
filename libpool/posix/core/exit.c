/* SPDX-License-Identifier: BSD-2-Clause */
/* exit.c: the end of the process is the end of the machine. */
#include <uc/platform.h>

#include "core.h"

long uc_sys_exit_group(long status)
{
    uc_plat_exit((int)status & 255);
}
