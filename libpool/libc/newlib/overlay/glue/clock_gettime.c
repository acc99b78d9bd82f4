/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_gettime.c: the system call. */
#include <time.h>

#include "glue.h"

int clock_gettime(clockid_t clock, struct timespec *now)
{
    return (int)uc_result(uc_sys_clock_gettime(clock, SYS_ARG(now)));
}
