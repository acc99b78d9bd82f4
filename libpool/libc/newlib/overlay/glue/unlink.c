/* SPDX-License-Identifier: BSD-2-Clause */
/* unlink.c: the system call. */
#include <unistd.h>

#include "glue.h"

int unlink(const char *path)
{
    return (int)uc_result(uc_sys_unlink(SYS_ARG(path)));
}
