/* SPDX-License-Identifier: BSD-2-Clause */
/* link.c: the system call. */
#include <unistd.h>

#include "glue.h"

int link(const char *from, const char *to)
{
    return (int)uc_result(uc_sys_link(SYS_ARG(from), SYS_ARG(to)));
}
