/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_read.c: input. The line carries bytes and an end: DLE takes the next
 * byte as it is, EOT is the end of input, SYN is nothing.
 */
#include <linux/errno.h>
#include <stdbool.h>
#include <uc/platform.h>

#include "console.h"

enum {
    EOT = 4,
    DLE = 16,
    SYN = 22
};

static bool started, ended;

static void start(uint8_t interrupts)
{
    if (started)
        return;
    started = true;
    com1_start();
    out8(COM1_INTERRUPTS, interrupts);
    com1_ask();
}

/* Up to n bytes of what is there. */
static size_t take(char *p, size_t n)
{
    static bool escaped;
    size_t got = 0;

    while (got < n && !ended && in8(COM1_STATUS) & RECEIVED) {
        char c = (char)in8(COM1);
        if (escaped || (c != EOT && c != DLE && c != SYN)) {
            p[got++] = c;
            escaped = false;
        } else {
            ended = c == EOT;
            escaped = c == DLE;
        }
    }
    return got;
}

long uc_plat_console_read(void *p, size_t n)
{
    size_t got = 0;

    start(0);
    while (!got && n && !ended)
        got = take(p, n);
    return (long)got;
}

long uc_plat_console_try(void *p, size_t n)
{
    size_t got;

    start(RECEIVED);
    got = take(p, n);
    return got || ended ? (long)got : -EAGAIN;
}
