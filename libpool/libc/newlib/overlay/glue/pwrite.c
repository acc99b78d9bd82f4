/* SPDX-License-Identifier: BSD-2-Clause */
/* pwrite.c: the system call. */
#include <unistd.h>

#include "glue.h"

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    return uc_result(uc_sys_pwrite64(fd, SYS_ARG(p), SYS_ARG(n), at));
}
