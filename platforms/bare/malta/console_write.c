/* SPDX-License-Identifier: BSD-2-Clause */
/* console_write.c: output, as many bytes at a time as the FIFO takes. */
#include <uc/platform.h>

#include "console.h"

void uc_plat_console_write(const void *p, size_t n)
{
    const char *s = p;

    com1_start();
    while (n) {
        while (!(in8(COM1_STATUS) & SPACE))
            ;
        for (size_t i = 0; i < FIFO_SIZE && n; i++, n--)
            out8(COM1, (uint8_t)*s++);
    }
}
