/* SPDX-License-Identifier: BSD-2-Clause */
/* clock_getres.c: the system call. */
#include <time.h>

#include "glue.h"

int clock_getres(clockid_t clock, struct timespec *step)
{
    return (int)uc_result(uc_sys_clock_getres(clock, SYS_ARG(step)));
}
