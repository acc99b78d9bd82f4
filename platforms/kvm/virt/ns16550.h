/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns16550.h: the 16550 as a console, with FIFOs, for a console.h that has
 * uart_in(register) and uart_out(register, byte).
 */
#ifndef UC_NS16550_H
#define UC_NS16550_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { /* registers */
    UART_DATA = 0,
    UART_INTERRUPTS = 1, /* which to ask for */
    UART_FIFO = 2,
    UART_STATUS = 5,
};

enum {
    RECEIVED = 1,   /* in the status: a byte to read */
    SPACE = 0x20,   /* room for FIFO_SIZE bytes */
    DRAINED = 0x40, /* the last byte is on the wire */
    FIFO_SIZE = 16,
    FIFO_ON = 1,
    FIFO_TRIGGER_14 = 0xc0, /* else QEMU delivers byte by byte */
};

/* ---- output ---- */

/*
 * Turns the FIFOs on; a no-op from the second time. The first time may lose
 * one received byte, so unicore-run sends SYN twice before anything else.
 */
static inline void console_begin(void)
{
    uart_out(UART_FIFO, FIFO_ON | FIFO_TRIGGER_14);
}

static inline size_t console_put(const char *p, size_t n)
{
    size_t i = 0;

    while (!(uart_in(UART_STATUS) & SPACE))
        ;
    for (; i < FIFO_SIZE && i < n; i++)
        uart_out(UART_DATA, (uint8_t)p[i]);
    return i;
}

static inline void console_drain(void)
{
    while (!(uart_in(UART_STATUS) & DRAINED))
        ;
}

/* ---- input ---- */

/*
 * Takes a byte, which is SYN, or there is none. Where console_begin has lost
 * one, QEMU does not know that there is room again, and asks for no more until
 * something else wakes it; this does.
 */
static inline void console_start(bool interrupts)
{
    console_begin();
    uart_out(UART_INTERRUPTS, interrupts ? RECEIVED : 0);
    uart_in(UART_DATA);
}

static inline void console_look(void)
{
}

static inline bool console_has(void)
{
    return uart_in(UART_STATUS) & RECEIVED;
}

static inline char console_take(void)
{
    return (char)uart_in(UART_DATA);
}

#endif
