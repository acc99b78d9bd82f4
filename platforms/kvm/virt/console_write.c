/* SPDX-License-Identifier: BSD-2-Clause */
/* console_write.c: output, as many bytes at a time as there is room for. */
#include <uc/platform.h>

#include "console.h"

void uc_plat_console_write(const void *p, size_t n)
{
    const char *s = p;

    console_begin();
    while (n) {
        size_t done = console_put(s, n);
        s += done;
        n -= done;
    }
}
