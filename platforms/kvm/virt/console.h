/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: a PL011 that is always there. */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include "layout.h"
#include "pl011.h"

#define uart ((volatile uint32_t *)CONSOLE)

/* ---- output ---- */

static inline void console_begin(void)
{
}

/* Waits for room, and writes as much of [p, p + n) as there is; how much. */
static inline size_t console_put(const char *p, size_t n)
{
    (void)n;
    pl011_put(uart, *p);
    return 1;
}

/* Until all is on the wire. */
static inline void console_drain(void)
{
    pl011_drain(uart);
}

/* ---- input ---- */

static inline void console_start(bool interrupts)
{
    cpu_device_write(&uart[UART_LINE], UART_FIFO_8_BITS);
    pl011_start(uart, interrupts);
}

/* Before the line is looked at: what comes from now on interrupts. */
static inline void console_look(void)
{
    pl011_look(uart);
}

static inline bool console_has(void)
{
    return pl011_has(uart);
}

static inline char console_take(void)
{
    return pl011_take(uart);
}

/* What a wait for it may take, in ns: it interrupts. */
static inline uint64_t console_most(void)
{
    return UINT64_MAX;
}

#endif
