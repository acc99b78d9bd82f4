/* SPDX-License-Identifier: BSD-2-Clause */
/* raise.c: a signal to the one thread. */
#include <signal.h>

#include "glue.h"

int raise(int number)
{
    return (int)uc_result(uc_sys_tkill(uc_sys_gettid(), number));
}
