/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the 16550. */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include <stdint.h>

#include "layout.h"

static inline uint8_t uart_in(unsigned r)
{
    return *(volatile uint8_t *)(uintptr_t)(CONSOLE + r);
}

static inline void uart_out(unsigned r, uint8_t v)
{
    *(volatile uint8_t *)(uintptr_t)(CONSOLE + r) = v;
}

#include "ns16550.h"

/* What a wait for it may take, in ns: it interrupts. */
static inline uint64_t console_most(void)
{
    return UINT64_MAX;
}

#endif
