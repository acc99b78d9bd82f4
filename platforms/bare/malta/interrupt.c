/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.c: halting until the time is over or a device has something.
 * Started by the first wait. The processor lets interrupts in only while it
 * halts (trap.S), and does not ask which; they are taken here, by reading
 * their numbers. All lines of devices count by edges: one that stays up asks
 * once. Those of PCI are routed to them as YAMON does it.
 */
#include "interrupt.h"

#include <uc/halt.h>
#include <uc/platform.h>

#include "boot.h"
#include "clock.h"
#include "console.h"

enum {
    PIC_1 = 0x20, /* its commands; its data are the next port */
    PIC_2 = 0xa0,
    START = 0x11,   /* four words follow */
    FIRST_1 = 0x20, /* a number that nobody reads */
    FIRST_2 = 0x28,
    CASCADE = 2,
    END_BY_ITSELF = 3,
    TIMER_CHIP = 1, /* the line that is masked */
    POLL = 0x0c,
    PENDING = 0x80,
};

static bool started;

static void start_controller(unsigned port, uint8_t first, uint8_t cascade,
                             uint8_t mask)
{
    out8(port, START);
    out8(port + 1, first);
    out8(port + 1, cascade);
    out8(port + 1, END_BY_ITSELF);
    out8(port + 1, mask);
}

bool uc_interrupts_started(void)
{
    return started;
}

void uc_interrupts_start(void)
{
    started = true;
    start_controller(PIC_1, FIRST_1, 1 << CASCADE, TIMER_CHIP);
    start_controller(PIC_2, FIRST_2, CASCADE, 0);
}

static uint8_t take(unsigned port)
{
    out8(port, POLL);
    return in8(port);
}

void uc_interrupts_take(void)
{
    while ((take(PIC_2) | take(PIC_1)) & PENDING)
        ;
}

void uc_plat_wait(uint64_t ns)
{
    if (!started) { /* what came before led nowhere */
        uc_interrupts_start();
        return;
    }
    if (CFG_PREEMPT && !uc_halt_begins(uc_ticking))
        return;
    uc_clock_alarm(ns);
    uc_halt();
    uc_interrupts_take();
    if (CFG_PREEMPT && uc_ticking)
        uc_tick_resume();
}
