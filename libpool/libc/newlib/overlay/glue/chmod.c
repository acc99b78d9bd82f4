/* SPDX-License-Identifier: BSD-2-Clause */
/* chmod.c: the system call. */
#include <sys/stat.h>

#include "glue.h"

int chmod(const char *path, mode_t mode)
{
    return (int)uc_result(uc_sys_chmod(SYS_ARG(path), mode));
}
