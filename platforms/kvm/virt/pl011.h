/* SPDX-License-Identifier: BSD-2-Clause */
/* pl011.h: the PL011, which works as it is found, for a console.h. */
#ifndef UC_PL011_H
#define UC_PL011_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu.h"

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

/* ---- output ---- */

/* Waits for room. */
static inline void pl011_put(volatile uint32_t *uart, char c)
{
    while (cpu_device_read(&uart[UART_FLAGS]) & UART_FULL)
        ;
    cpu_device_write(&uart[UART_DATA], (uint8_t)c);
}

/* Until all is on the wire. */
static inline void pl011_drain(volatile uint32_t *uart)
{
    while (cpu_device_read(&uart[UART_FLAGS]) & UART_BUSY)
        ;
}

/* ---- input ---- */

static inline void pl011_start(volatile uint32_t *uart, bool interrupts)
{
    cpu_device_write(&uart[UART_MASK], interrupts ? UART_RECEIVED : 0);
}

/* Before the line is looked at: what comes from now on interrupts. */
static inline void pl011_look(volatile uint32_t *uart)
{
    cpu_device_write(&uart[UART_CLEAR], UART_RECEIVED);
}

static inline bool pl011_has(volatile uint32_t *uart)
{
    return !(cpu_device_read(&uart[UART_FLAGS]) & UART_EMPTY);
}

static inline char pl011_take(volatile uint32_t *uart)
{
    return (char)cpu_device_read(&uart[UART_DATA]);
}

#endif
