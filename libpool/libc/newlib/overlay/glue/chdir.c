/* SPDX-License-Identifier: BSD-2-Clause */
/* chdir.c: the system call. */
#include <unistd.h>

#include "glue.h"

int chdir(const char *path)
{
    return (int)uc_result(uc_sys_chdir(SYS_ARG(path)));
}
