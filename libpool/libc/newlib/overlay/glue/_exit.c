/* SPDX-License-Identifier: BSD-2-Clause */
/* _exit.c: the end. */
#include <stdlib.h>
#include <unistd.h>

#include "glue.h"

_Noreturn void _Exit(int code)
{
    for (;;)
        uc_sys_exit_group(code);
}

_Noreturn void _exit(int code)
{
    _Exit(code);
}
