/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the process is the end of the machine. What it has written
 * is on the disk then, as with Linux's page cache, which outlives a process.
 */
#include <uc/fs.h>
#include <uc/platform.h>

#include "core.h"

_Noreturn void uc_exit(int status)
{
    if (CFG_DISK)
        uc_fs_end();
    uc_plat_exit(status);
}

long uc_sys_exit_group(long status)
{
    uc_exit((int)status & 255);
}
