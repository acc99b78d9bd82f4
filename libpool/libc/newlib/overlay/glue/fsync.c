/* SPDX-License-Identifier: BSD-2-Clause */
/* fsync.c: the system call. */
#include <unistd.h>

#include "glue.h"

int fsync(int fd)
{
    return (int)uc_result(uc_sys_fsync(fd));
}
