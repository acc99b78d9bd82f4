/* SPDX-License-Identifier: BSD-2-Clause */
/* lines.c: there are none: events come otherwise (platforms/xen wait.c). */
#include "interrupt.h"

void uc_lines_start(void)
{
}
