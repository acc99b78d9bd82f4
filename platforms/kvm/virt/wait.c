/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.c: halting until the time is over or a device has something. The first
 * wait starts the interrupts. A halt ends when one is pending, whether or not
 * the processor lets it in.
 */
#include <uc/halt.h>
#include <uc/platform.h>

#include "clock.h"
#include "console.h"
#include "interrupt.h"

/* The timer's value ns nanoseconds from now; UINT64_MAX: never. */
static uint64_t deadline(uint64_t ns)
{
    const uint64_t second = 1000000000;
    uint64_t hz = clock_hz(), now = cpu_time();

    if (ns / second > UINT32_MAX)
        return UINT64_MAX;
    return now + ns / second * hz + ns % second * hz / second + 1;
}

void uc_plat_wait(uint64_t ns)
{
    if (!uc_interrupts_started()) { /* what came before led nowhere */
        uc_interrupts_start();
        return;
    }
    if (CFG_PREEMPT && !uc_halt_begins(uc_ticking))
        return;
    uc_interrupts_ready();
    cpu_timer(deadline(ns < console_most() ? ns : console_most()));
    cpu_halt();
    uc_interrupts_take();
    if (CFG_PREEMPT && uc_ticking)
        uc_tick_resume();
}
