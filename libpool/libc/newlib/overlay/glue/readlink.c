/* SPDX-License-Identifier: BSD-2-Clause */
/* readlink.c: the system call. */
#include <unistd.h>

#include "glue.h"

ssize_t readlink(const char *path, char *p, size_t n)
{
    return uc_result(uc_sys_readlink(SYS_ARG(path), SYS_ARG(p), SYS_ARG(n)));
}
