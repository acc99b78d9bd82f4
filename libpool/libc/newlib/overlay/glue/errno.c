/* SPDX-License-Identifier: BSD-2-Clause */
/* errno.c: where errno is, and how it is set. */
#include "glue.h"

int *__errno_location(void);

int *__errno_location(void)
{
    return &uc_reent._errno;
}

long uc_result(long r)
{
    if ((unsigned long)r <= -4096UL)
        return r;
    uc_reent._errno = (int)-r;
    return -1;
}
