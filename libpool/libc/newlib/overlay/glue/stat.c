/* SPDX-License-Identifier: BSD-2-Clause */
/* stat.c: the system calls; the kernel's structure is what programs see. */
#include <sys/stat.h>

#include "glue.h"

int stat(const char *restrict path, struct stat *restrict st)
{
    return (int)uc_result(uc_sys_stat(SYS_ARG(path), SYS_ARG(st)));
}

int lstat(const char *restrict path, struct stat *restrict st)
{
    return (int)uc_result(uc_sys_lstat(SYS_ARG(path), SYS_ARG(st)));
}

int fstat(int fd, struct stat *st)
{
    return (int)uc_result(uc_sys_fstat(fd, SYS_ARG(st)));
}
