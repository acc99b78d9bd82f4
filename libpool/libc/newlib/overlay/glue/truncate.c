/* SPDX-License-Identifier: BSD-2-Clause */
/* truncate.c: the system call. */
#include <unistd.h>

#include "glue.h"

int truncate(const char *path, off_t size)
{
    return (int)uc_result(uc_sys_truncate(SYS_ARG(path), size));
}
