/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_stderr.c: standard error, under unicore-run on the second serial
 * line, else on the console.
 */
#include <uc/platform.h>

#include "console.h"

void uc_plat_stderr_write(const void *p, size_t n)
{
    static bool asked, there;

    if (!asked)
        there = com2_is_there();
    asked = true;
    if (there)
        uc_com2_write(p, n);
    else
        uc_plat_console_write(p, n);
}
