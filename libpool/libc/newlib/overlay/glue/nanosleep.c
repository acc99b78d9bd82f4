/* SPDX-License-Identifier: BSD-2-Clause */
/* nanosleep.c: the system call. */
#include <time.h>

#include "glue.h"

int nanosleep(const struct timespec *time, struct timespec *rest)
{
    return (int)uc_result(uc_sys_nanosleep(SYS_ARG(time), SYS_ARG(rest)));
}
