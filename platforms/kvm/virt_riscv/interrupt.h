/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.h: the interrupt controller. */
#ifndef UC_INTERRUPT_H
#define UC_INTERRUPT_H

#include <stdbool.h>

/* All lines of devices, and the timer; once. */
void uc_interrupts_start(void);
bool uc_interrupts_started(void);
/* Before a halt: those that were taken may end it again. */
void uc_interrupts_ready(void);
/* Takes all that are pending, and forgets them. */
void uc_interrupts_take(void);

/* tick.c: interrupts outside of halts, from uc_plat_tick_start on. */
extern bool uc_ticking;
void uc_tick_resume(void);

#endif
