/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the process is the end of the machine. What it has written
 * is on the disk then, as with Linux's page cache, which outlives a process;
 * what it has sent is on the network.
 */
#include <uc/fs.h>
#include <uc/platform.h>
#include <uc/socket.h>

#include "core.h"
#include "fork.h"

extern const int CFG_NET, CFG_MAP_SHARED;

_Noreturn void uc_exit(int status)
{
    if (CFG_CHILDREN && uc_fork_is_child())
        uc_fork_end((status & 255) << 8);
    if (CFG_NET)
        uc_net_stop();
    if (CFG_MAP_SHARED)
        uc_fs_map_end();
    if (CFG_DISK)
        uc_fs_end();
    uc_plat_exit(status);
}

long uc_sys_exit_group(long status)
{
    if (CFG_CHILDREN || CFG_NET || CFG_DISK || CFG_MAP_SHARED)
        uc_exit((int)status & 255);
    uc_plat_exit((int)status & 255); /* no call of a call, for the smallest */
}
