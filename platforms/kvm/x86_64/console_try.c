/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_try.c: input, as far as there is some. The line asks for an
 * interrupt, at once when the FIFO is nearly full and else four bytes' time
 * after the last, for which its speed is the highest.
 */
#include <linux/errno.h>
#include <uc/input.h>
#include <uc/platform.h>

#include "console.h"

static void line_start(void)
{
    com1_start();
    out8(COM1_LINE, LINE_DIVISOR);
    out8(COM1, 1);
    out8(COM1_INTERRUPTS, 0); /* the divisor's upper half */
    out8(COM1_LINE, LINE_8_BITS);
    out8(COM1_MODEM, MODEM_ON);
    out8(COM1_INTERRUPTS, RECEIVED);
    com1_ask();
}

long uc_plat_console_try(void *p, size_t n)
{
    static bool started;
    static struct uc_input in;
    char *s = p;
    size_t got = 0;

    if (!started)
        line_start();
    started = true;
    if (in8(COM1_STATUS) == NO_LINE)
        return 0;
    while (got < n && !in.ended && in8(COM1_STATUS) & RECEIVED) {
        char c = (char)in8(COM1);
        got += uc_input_decode(&in, s + got, &c, 1);
    }
    return got || in.ended ? (long)got : -EAGAIN;
}
