/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h: the first line that the device tree has: Xen emulates one for
 * domains, and leaves the computer's to the first if it does not use it itself.
 * Else it is Xen's own console, by calls.
 */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include "pl011.h"

/* console_line.c: found once; NULL: there is none. */
volatile uint32_t *uc_console_line(void);
extern bool uc_console_whole; /* it is all of a PL011, not what SBSA wants */

/* console_xen.c */
extern bool uc_console_asked; /* a wait may be for it */
void uc_console_xen_put(const char *p, size_t n);
bool uc_console_xen_has(void);
char uc_console_xen_take(void);

/* ---- output ---- */

static inline void console_begin(void)
{
}

/* Waits for room, and writes as much of [p, p + n) as there is; how much. */
static inline size_t console_put(const char *p, size_t n)
{
    volatile uint32_t *line = uc_console_line();

    if (!line) {
        uc_console_xen_put(p, n);
        return n;
    }
    pl011_put(line, *p);
    return 1;
}

/* Until all is on the wire. */
static inline void console_drain(void)
{
    volatile uint32_t *line = uc_console_line();

    if (line)
        pl011_drain(line);
}

/* ---- input ---- */

static inline void console_start(bool interrupts)
{
    volatile uint32_t *line = uc_console_line();

    if (!line) {
        uc_console_asked = interrupts;
        return;
    }
    if (uc_console_whole)
        cpu_device_write(&line[UART_LINE], UART_FIFO_8_BITS);
    pl011_start(line, interrupts);
}

/* Before the line is looked at: what comes from now on interrupts. */
static inline void console_look(void)
{
    volatile uint32_t *line = uc_console_line();

    if (line)
        pl011_look(line);
}

static inline bool console_has(void)
{
    volatile uint32_t *line = uc_console_line();

    return line ? pl011_has(line) : uc_console_xen_has();
}

/* Only if it has one. */
static inline char console_take(void)
{
    volatile uint32_t *line = uc_console_line();

    return line ? pl011_take(line) : uc_console_xen_take();
}

/* What a wait for it may take, in ns: Xen's own does not interrupt. */
static inline uint64_t console_most(void)
{
    return uc_console_asked ? 10000000 : UINT64_MAX;
}

#endif
