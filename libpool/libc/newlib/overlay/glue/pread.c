/* SPDX-License-Identifier: BSD-2-Clause */
/* pread.c: the system call. */
#include <unistd.h>

#include "glue.h"

ssize_t pread(int fd, void *p, size_t n, off_t at)
{
    return uc_result(uc_sys_pread64(fd, SYS_ARG(p), SYS_ARG(n), at));
}
