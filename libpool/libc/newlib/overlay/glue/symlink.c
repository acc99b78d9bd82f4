/* SPDX-License-Identifier: BSD-2-Clause */
/* symlink.c: the system call. */
#include <unistd.h>

#include "glue.h"

int symlink(const char *target, const char *path)
{
    return (int)uc_result(uc_sys_symlink(SYS_ARG(target), SYS_ARG(path)));
}
