/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.h: the processor's timer, and a PC's interrupt controllers. */
#ifndef UC_INTERRUPT_H
#define UC_INTERRUPT_H

#include <stdbool.h>

/* All lines of devices, by edges; once. */
void uc_interrupts_start(void);
bool uc_interrupts_started(void);
/* Takes all that are pending, and forgets them. */
void uc_interrupts_take(void);

/* trap.S: until an interrupt comes; they are off before and after. */
void uc_halt(void);

/* tick.c: interrupts outside of halts, from uc_plat_tick_start on. */
extern bool uc_ticking;
void uc_tick_resume(void);

#endif
