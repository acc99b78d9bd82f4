/* SPDX-License-Identifier: BSD-2-Clause */
/* console_com2.c: output on the second serial line. */
#include "console.h"

static void drain(uint16_t status)
{
    while (!(in8(status) & DRAINED))
        ;
}

void uc_com2_write(const char *p, size_t n)
{
    drain(COM1_STATUS);
    while (n) {
        size_t part = n < FIFO_SIZE ? n : FIFO_SIZE;
        out_bytes(COM2, p, part);
        drain(COM2_STATUS);
        p += part;
        n -= part;
    }
}
