/* SPDX-License-Identifier: BSD-2-Clause */
/* read.c: the system call. */
#include <unistd.h>

#include "glue.h"

ssize_t _read_r(struct _reent *r, int fd, void *p, size_t n);

ssize_t read(int fd, void *p, size_t n)
{
    return uc_result(uc_sys_read(fd, SYS_ARG(p), SYS_ARG(n)));
}

ssize_t _read_r(struct _reent *r, int fd, void *p, size_t n)
{
    (void)r;
    return read(fd, p, n);
}
