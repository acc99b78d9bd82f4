/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h: the 16550 at COM1, and that at COM2, which standard error goes to.
 * Firmware or monitor has set their speed.
 */
#ifndef UC_NS16550_H
#define UC_NS16550_H

#include <stdbool.h>
#include <stddef.h>

#include "cpu.h"

enum {
    COM1 = 0x3f8,
    COM1_INTERRUPTS = COM1 + 1, /* which to ask for */
    COM1_FIFO = COM1 + 2,
    COM1_REASON = COM1_FIFO, /* read: of an interrupt */
    COM1_LINE = COM1 + 3,
    COM1_MODEM = COM1 + 4,
    COM1_STATUS = COM1 + 5,
    RECEIVED = 1,   /* in the status: a byte to read */
    SPACE = 0x20,   /* room for FIFO_SIZE bytes */
    DRAINED = 0x40, /* the last byte is on the wire */
    FIFO_SIZE = 16,
    FIFO_ON = 1,
    FIFO_TRIGGER_14 = 0xc0, /* else QEMU delivers byte by byte */
    TRIGGER = 14,
    TRIGGERED = 4,  /* the reason, of four bits */
    NO_LINE = 0xff, /* what a port without anything behind it reads as */
    LINE_8_BITS = 3,
    LINE_DIVISOR = 0x83, /* the first two ports are the speed */
    MODEM_ON = 0xb,
    MODEM_LOOP = 0x1b,
    DEBUG_CONSOLE = 0xe9, /* unicore-run's; reads as its number */
    COM2 = 0x2f8,
    COM2_FIFO = COM2 + 2,
    COM2_STATUS = COM2 + 5,
    COM2_SCRATCH = COM2 + 7,
    SCRATCHED = 0x5a,
};

/*
 * Turns the FIFOs on; a no-op from the second time. The first time may lose
 * one received byte, so unicore-run sends SYN twice before anything else.
 */
static inline void com1_start(void)
{
    out8(COM1_FIFO, FIFO_ON | FIFO_TRIGGER_14);
}

/*
 * Before the first input: takes a byte, which is SYN, or there is none. Where
 * com1_start has lost one, QEMU does not know that there is room again, and
 * asks for no more until something else wakes it; this does.
 */
static inline void com1_ask(void)
{
    in8(COM1);
}

/*
 * Is there a line at COM2 that somebody looks at? unicore-run does, which has a
 * debug console. The line's scratch register keeps what it is given; what a
 * port without anything behind it reads as may be what was written last, so
 * something else is written between.
 */
static inline bool com2_is_there(void)
{
    if (in8(DEBUG_CONSOLE) != DEBUG_CONSOLE)
        return false;
    out8(COM2_SCRATCH, SCRATCHED);
    out8(COM2_FIFO, FIFO_ON);
    return in8(COM2_SCRATCH) == SCRATCHED;
}

/*
 * To COM2, which is on. What comes from both lines is in the order written if
 * one is empty before the other has something.
 */
void uc_com2_write(const char *p, size_t n);

#endif
