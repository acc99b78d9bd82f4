/* SPDX-License-Identifier: BSD-2-Clause */
/* access.c: the system call. */
#include <unistd.h>

#include "glue.h"

int access(const char *path, int mode)
{
    return (int)uc_result(uc_sys_access(SYS_ARG(path), mode));
}
