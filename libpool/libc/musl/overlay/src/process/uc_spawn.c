/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_spawn.c: the new process of posix_spawn is a fork: what musl has the two
 * share until the child's exec is only read there.
 */
#include <errno.h>
#include <unistd.h>

pid_t _Fork(void);
int uc_spawn(int (*child)(void *), void *argument);

int uc_spawn(int (*child)(void *), void *argument)
{
    pid_t pid = _Fork();

    if (pid == 0)
        _exit(child(argument));
    return pid < 0 ? -errno : pid;
}
