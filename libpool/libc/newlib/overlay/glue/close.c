/* SPDX-License-Identifier: BSD-2-Clause */
/* close.c: the system call. */
#include <unistd.h>

#include "glue.h"

int _close_r(struct _reent *r, int fd);

int close(int fd)
{
    return (int)uc_result(uc_sys_close(fd));
}

int _close_r(struct _reent *r, int fd)
{
    (void)r;
    return close(fd);
}
