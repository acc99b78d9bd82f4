/* SPDX-License-Identifier: BSD-2-Clause */
/* stack.c: where the first thread's stack is seen. */
#include <uc/platform.h>

#include "layout.h"

char *uc_plat_stack_end(void)
{
    return (char *)STACK_END;
}
