/* SPDX-License-Identifier: BSD-2-Clause */
/* rename.c: the system call. */
#include <stdio.h>

#include "glue.h"

int rename(const char *from, const char *to)
{
    return (int)uc_result(uc_sys_rename(SYS_ARG(from), SYS_ARG(to)));
}
