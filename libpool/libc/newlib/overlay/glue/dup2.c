/* SPDX-License-Identifier: BSD-2-Clause */
/* dup2.c: the system call. */
#include <unistd.h>

#include "glue.h"

int dup2(int from, int to)
{
    return (int)uc_result(uc_sys_dup2(from, to));
}
