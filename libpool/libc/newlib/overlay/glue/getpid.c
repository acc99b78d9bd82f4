/* SPDX-License-Identifier: BSD-2-Clause */
/* getpid.c: the system call. */
#include <unistd.h>

#include "glue.h"

pid_t getpid(void)
{
    return (int)uc_result(uc_sys_getpid());
}
