/* SPDX-License-Identifier: BSD-2-Clause */
/* kill.c: the system call. */
#include <signal.h>

#include "glue.h"

int kill(pid_t pid, int number)
{
    return (int)uc_result(uc_sys_kill(pid, number));
}
