/* SPDX-License-Identifier: BSD-2-Clause */
/* ftruncate.c: the system call. */
#include <unistd.h>

#include "glue.h"

int ftruncate(int fd, off_t size)
{
    return (int)uc_result(uc_sys_ftruncate(fd, size));
}
