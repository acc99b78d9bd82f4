/* SPDX-License-Identifier: BSD-2-Clause */
/* gettimeofday.c: the system call. */
#include <sys/time.h>

#include "glue.h"

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    return (int)uc_result(uc_sys_gettimeofday(SYS_ARG(now), SYS_ARG(zone)));
}
