/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_write.c: output on the serial line, 115200 Baud, and on the screen
 * if there is one.
 */
#include <uc/platform.h>

#include "console.h"
#include "machine.h"

static void start(void)
{
    out8(COM1_LINE, LINE_DIVISOR);
    out8(COM1, 1);
    out8(COM1_INTERRUPTS, 0); /* the divisor's upper half */
    out8(COM1_LINE, LINE_8_BITS);
    out8(COM1_MODEM, MODEM_ON);
}

void uc_plat_console_write(const void *p, size_t n)
{
    static bool started;
    const char *s = p;

    if (uc_has_screen)
        uc_screen_write(p, n);
    if (!started)
        start();
    started = true;
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
