/* SPDX-License-Identifier: BSD-2-Clause */
/* rmdir.c: the system call. */
#include <unistd.h>

#include "glue.h"

int rmdir(const char *path)
{
    return (int)uc_result(uc_sys_rmdir(SYS_ARG(path)));
}
