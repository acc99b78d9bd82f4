/* SPDX-License-Identifier: BSD-2-Clause */
/* fcntl.c: the system call, for stdio only: fcntl() itself needs musl. */
#include "glue.h"

int _fcntl_r(struct _reent *r, int fd, int command, int argument);

int _fcntl_r(struct _reent *r, int fd, int command, int argument)
{
    (void)r;
    return (int)uc_result(uc_sys_fcntl(fd, command, argument));
}
