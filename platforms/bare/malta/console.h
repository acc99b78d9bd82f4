/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the PC's ports, and the 16550 at COM1. */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include <stdint.h>

#include "layout.h"

enum {
    COM1 = 0x3f8,
};

static inline uint8_t in8(unsigned port)
{
    return *(volatile uint8_t *)(PORTS + port);
}

static inline void out8(unsigned port, uint8_t v)
{
    *(volatile uint8_t *)(PORTS + port) = v;
}

static inline uint8_t uart_in(unsigned r)
{
    return in8(COM1 + r);
}

static inline void uart_out(unsigned r, uint8_t v)
{
    out8(COM1 + r, v);
}

#include "ns16550.h"

#endif
