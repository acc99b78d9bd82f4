/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.h: the interrupt controller, versions 2 and 3. */
#ifndef UC_INTERRUPT_H
#define UC_INTERRUPT_H

#include <stdbool.h>

/* All lines of devices, by edges, and the timer; once. */
void uc_interrupts_start(void);
bool uc_interrupts_started(void);
/* Before a halt. */
static inline void uc_interrupts_ready(void)
{
}

/* Takes all that are pending, and forgets them. */
void uc_interrupts_take(void);

/* tick.c: interrupts outside of halts, from uc_plat_tick_start on. */
extern bool uc_ticking;
void uc_tick_resume(void);

#endif
