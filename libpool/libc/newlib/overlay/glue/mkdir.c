/* SPDX-License-Identifier: BSD-2-Clause */
/* mkdir.c: the system call. */
#include <sys/stat.h>

#include "glue.h"

int mkdir(const char *path, mode_t mode)
{
    return (int)uc_result(uc_sys_mkdir(SYS_ARG(path), mode));
}
