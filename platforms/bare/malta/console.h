/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the PC's ports, and the 16550 at COM1. */
#ifndef UC_NS16550_H
#define UC_NS16550_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"

enum {
    COM1 = 0x3f8,
    COM1_INTERRUPTS = COM1 + 1, /* which to ask for */
    COM1_FIFO = COM1 + 2,
    COM1_STATUS = COM1 + 5,
    RECEIVED = 1,   /* in the status: a byte to read */
    SPACE = 0x20,   /* room for FIFO_SIZE bytes */
    DRAINED = 0x40, /* the last byte is on the wire */
    FIFO_SIZE = 16,
    FIFO_ON = 1,
    FIFO_TRIGGER_14 = 0xc0, /* else QEMU delivers byte by byte */
};

static inline uint8_t in8(unsigned port)
{
    return *(volatile uint8_t *)(PORTS + port);
}

static inline void out8(unsigned port, uint8_t v)
{
    *(volatile uint8_t *)(PORTS + port) = v;
}

/*
 * Turns the FIFOs on; a no-op from the second time. The first time may lose
 * one received byte, so unicore-run sends SYN twice before anything else.
 */
static inline void com1_start(void)
{
    out8(COM1_FIFO, FIFO_ON | FIFO_TRIGGER_14);
}

/* ---- input ---- */

/*
 * Takes a byte, which is SYN, or there is none. Where com1_start has lost one,
 * QEMU does not know that there is room again, and asks for no more until
 * something else wakes it; this does.
 */
static inline void console_start(bool interrupts)
{
    com1_start();
    out8(COM1_INTERRUPTS, interrupts ? RECEIVED : 0);
    in8(COM1);
}

static inline void console_look(void)
{
}

static inline bool console_has(void)
{
    return in8(COM1_STATUS) & RECEIVED;
}

static inline char console_take(void)
{
    return (char)in8(COM1);
}

#endif
