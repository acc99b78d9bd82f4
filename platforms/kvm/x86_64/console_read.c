/* SPDX-License-Identifier: BSD-2-Clause */
/* console_read.c: input, waiting for it. */
#include <stdbool.h>
#include <uc/input.h>
#include <uc/platform.h>

#include "console.h"

/*
 * What makes QEMU fast: it wakes its main thread, at the cost of thousands of
 * instructions, for each byte that is taken from the FIFO, to ask for more
 * (not in loopback), and for each that stays behind, to move the FIFO's timer
 * (not when that is far off, as on a slow line). So the FIFO is given a moment
 * to fill, and is emptied in loopback but for its last byte.
 */
static void line_start(void)
{
    com1_start();
    out8(COM1_LINE, LINE_DIVISOR);
    out8(COM1, 0xff);
    out8(COM1_INTERRUPTS, 0xff);
    out8(COM1_LINE, LINE_8_BITS);
    out8(COM1_INTERRUPTS, RECEIVED); /* off; for its reason in COM1_REASON */
    com1_ask();
}

static bool is_full(void)
{
    for (int i = 0; i < 20; i++) {
        if ((in8(COM1_REASON) & 0xf) == TRIGGERED)
            return true;
        for (int k = 0; k < 20; k++)
            cpu_pause();
    }
    return false;
}

/* Takes up to n bytes, at most TRIGGER; 0: none there. */
static size_t take(char *p, size_t n)
{
    size_t got = 0;

    if (n > 1 && is_full()) {
        if (n > TRIGGER)
            n = TRIGGER;
        out8(COM1_MODEM, MODEM_LOOP);
        while (got < n - 1 && in8(COM1_STATUS) & RECEIVED)
            p[got++] = (char)in8(COM1);
        out8(COM1_MODEM, MODEM_ON);
    }
    if (in8(COM1_STATUS) & RECEIVED)
        p[got++] = (char)in8(COM1);
    return got;
}

long uc_plat_console_read(void *p, size_t n)
{
    static bool started;
    static struct uc_input in;
    static char raw[TRIGGER]; /* on the stack it would want the protector */
    char *s = p;
    size_t got = 0;

    if (!started)
        line_start();
    started = true;
    while (got < n && !in.ended) {
        size_t have = take(raw, n - got);
        if (!have && got)
            break;
        got += uc_input_decode(&in, s + got, raw, have);
    }
    return (long)got;
}
