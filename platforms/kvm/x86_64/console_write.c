/* SPDX-License-Identifier: BSD-2-Clause */
/* console_write.c: output, as many bytes at a time as the FIFO takes. */
#include <uc/platform.h>

#include "console.h"

void uc_plat_console_write(const void *p, size_t n)
{
    const char *s = p;

    com1_start();
    while (n) {
        size_t part = n < FIFO_SIZE ? n : FIFO_SIZE;
        while (!(in8(COM1_STATUS) & SPACE))
            ;
        out_bytes(COM1, s, part);
        s += part;
        n -= part;
    }
}
