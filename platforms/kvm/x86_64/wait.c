/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.c: halting until the time is over or a device has something. The first
 * wait starts interrupts.
 */
#include <uc/halt.h>
#include <uc/platform.h>

#include "cpu.h"
#include "interrupt.h"

void uc_plat_wait(uint64_t ns)
{
    if (!uc_apic) { /* what came before led nowhere: look again */
        uc_interrupts_start();
        return;
    }
    if (CFG_PREEMPT && !uc_halt_begins(uc_ticking))
        return;
    if (ns == UINT64_MAX) {
        if (CFG_PREEMPT)
            uc_timer_set(0, VECTOR_DEVICE);
        uc_halt();
    } else {
        uc_timer_set(ns, VECTOR_DEVICE);
        uc_halt();
    }
    if (CFG_PREEMPT && uc_ticking)
        uc_tick_resume();
}
