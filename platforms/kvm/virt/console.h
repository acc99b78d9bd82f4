/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the PL011, which works as it is found. */
#ifndef UC_PL011_H
#define UC_PL011_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

enum { /* registers, by words */
    UART_DATA = 0x00 / 4,
    UART_FLAGS = 0x18 / 4,
    UART_LINE = 0x2c / 4,
    UART_MASK = 0x38 / 4, /* what it interrupts for */
    UART_CLEAR = 0x44 / 4,
};

enum {
    UART_EMPTY = 0x10,       /* flags: nothing to read */
    UART_FULL = 0x20,        /* no room to write */
    UART_BUSY = 0x08,        /* not all is on the wire */
    UART_FIFO_8_BITS = 0x70, /* of the line */
    UART_RECEIVED = 0x50,    /* interrupts: bytes, and no more for a while */
};

#define uart ((volatile uint32_t *)CONSOLE)

/* ---- output ---- */

static inline void console_begin(void)
{
}

/* Waits for room, and writes as much of [p, p + n) as there is; how much. */
static inline size_t console_put(const char *p, size_t n)
{
    (void)n;
    while (uart[UART_FLAGS] & UART_FULL)
        ;
    uart[UART_DATA] = (uint8_t)*p;
    return 1;
}

/* Until all is on the wire. */
static inline void console_drain(void)
{
    while (uart[UART_FLAGS] & UART_BUSY)
        ;
}

/* ---- input ---- */

static inline void console_start(bool interrupts)
{
    uart[UART_LINE] = UART_FIFO_8_BITS;
    uart[UART_MASK] = interrupts ? UART_RECEIVED : 0;
}

/* Before the line is looked at: what comes from now on interrupts. */
static inline void console_look(void)
{
    uart[UART_CLEAR] = UART_RECEIVED;
}

static inline bool console_has(void)
{
    return !(uart[UART_FLAGS] & UART_EMPTY);
}

static inline char console_take(void)
{
    return (char)uart[UART_DATA];
}

#endif
