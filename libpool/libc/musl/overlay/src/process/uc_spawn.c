/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_spawn.c: the new process of posix_spawn is a fork: what musl has the two
 * share until the child's exec is only read there.
 */
#include <errno.h>
#include <unistd.h>

#include "syscall.h"

extern const int CFG_SPAWN;

pid_t _Fork(void);
int uc_spawn(int (*child)(void *), void *argument);

int uc_spawn(int (*child)(void *), void *argument)
{
    if (!CFG_SPAWN) /* no program can be started: nor is a process for it */
        return (int)__syscall(SYS_execve, 0, 0, 0);

    pid_t pid = _Fork();

    if (pid == 0)
        _exit(child(argument));
    return pid < 0 ? -errno : pid;
}
