/* SPDX-License-Identifier: BSD-2-Clause */
/* nofork.c: the answers of a process that has no children (fork.h). */
#include <linux/errno.h>
#include <uc/platform.h>

#include "fork.h"

bool uc_fork_is_child(void)
{
    return false;
}

int uc_fork_pid(void)
{
    return SELF;
}

int uc_fork_parent(void)
{
    return 0;
}

_Noreturn void uc_fork_end(int status)
{
    uc_plat_exit(status >> 8);
}

long uc_fork_wait(int pid, int *status)
{
    (void)pid, (void)status;
    return -ECHILD;
}

void uc_fork_mapped(char *p, size_t pages, bool mapped)
{
    (void)p, (void)pages, (void)mapped;
}

bool uc_fork_keeps(const char *page)
{
    (void)page;
    return false;
}

bool uc_fork_keeps_brk(const char *brk)
{
    (void)brk;
    return false;
}
