/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick.c: interrupts outside of halts, by which threads take turns. The
 * processor lets them in everywhere but in uc_plat_wait. One that comes inside
 * the pool only leaves a mark. Else uc_tick_enter (tick_enter.S) is called on
 * the thread's stack, as if the thread had done it: it may return much later.
 */
#include <uc/platform.h>
#include <uc/pool.h>

#include "clock.h"
#include "interrupt.h"
#include "trap.h"

enum {
    TICKS = 100, /* per second */
};

bool uc_ticking;

PLAIN void uc_tick(struct trap *t)
{
    uc_interrupts_take();
    cpu_timer(cpu_time() + clock_hz() / TICKS);
    if (uc_in_pool) {
        uc_put_off = 1;
        return;
    }
    uc_in_pool = 1; /* the next interrupts leave marks */
    uc_tick_divert(t);
}

void uc_plat_tick_start(void)
{
    if (uc_ticking)
        return;
    uc_ticking = true;
    if (!uc_interrupts_started())
        uc_interrupts_start();
    uc_tick_resume();
}

void uc_tick_resume(void)
{
    cpu_timer(cpu_time() + clock_hz() / TICKS);
    cpu_interrupts(true);
}
