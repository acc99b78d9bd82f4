/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.h: the local APIC, and the vectors of interrupts. */
#ifndef UC_INTERRUPT_H
#define UC_INTERRUPT_H

#define VECTOR_DEVICE 0x21 /* from devices and the timer */
#define VECTOR_SPURIOUS 0x2f
#define INTERRUPT_VECTORS 0x30

/* registers of the local APIC, offsets in bytes */
#define APIC_ID 0x20
#define APIC_END 0xb0 /* of interrupt */
#define APIC_SPURIOUS 0xf0
#define APIC_TIMER 0x320
#define APIC_PERIODIC 0x20000 /* in the timer's vector */
#define APIC_LINT0 0x350
#define APIC_LINT1 0x360
#define APIC_INITIAL 0x380
#define APIC_CURRENT 0x390
#define APIC_DIVIDE 0x3e0

#ifndef __ASSEMBLER__
#include <stdbool.h>
#include <stdint.h>

extern volatile uint32_t *uc_apic; /* NULL: not started */

/* Gates, the local APIC and the lines of devices; once. */
void uc_interrupts_start(void);
void uc_lines_start(void); /* lines.c; of the first */
/* Vector n calls the code at entry, on interrupt stack `stack` (0: none). */
void uc_interrupt_gate(int n, void (*entry)(void), int stack);
/* An interrupt after ns nanoseconds, or as late as the timer can; 0: none. */
void uc_timer_set(uint64_t ns, uint32_t vector);

/* tick.c: interrupts outside of halts, from uc_plat_tick_start on. */
extern bool uc_ticking;
void uc_tick_resume(void);

/* interrupt.S */
void uc_halt(void); /* until an interrupt has been taken */
void uc_interrupt(void);
void uc_interrupt_spurious(void);
#endif
#endif
