/* SPDX-License-Identifier: BSD-2-Clause */
/* exit.c: the end of the process is the end of the machine. */
#include <uc/platform.h>

#include <uc/socket.h>

#include "core.h"

extern const int CFG_NET;

long uc_sys_exit_group(long status)
{
    if (CFG_NET)
        uc_net_stop();
    uc_plat_exit((int)status & 255);
}
