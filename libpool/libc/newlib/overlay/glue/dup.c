/* SPDX-License-Identifier: BSD-2-Clause */
/* dup.c: the system call. */
#include <unistd.h>

#include "glue.h"

int dup(int fd)
{
    return (int)uc_result(uc_sys_dup(fd));
}
