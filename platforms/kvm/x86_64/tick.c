/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick.c: interrupts outside of halts, by which threads take turns. The
 * processor is let in everywhere but in uc_plat_wait before it halts.
 */
#include <uc/platform.h>
#include <uc/pool.h>

#include "cpu.h"
#include "interrupt.h"

enum {
    TICK_NS = 10000000,
    STACK = 2, /* the number of the interrupt stack in the TSS, after faults */
    STACK_SIZE = 128,
    TSS_STACK = 36 + 8, /* where its end stands */
};

void uc_tick(void); /* tick.S */
extern char uc_tss[];

bool uc_ticking;

static char stack[STACK_SIZE] __attribute__((aligned(16)));

void uc_plat_tick_start(void)
{
    if (uc_ticking)
        return;
    uc_ticking = true;
    if (!uc_apic)
        uc_interrupts_start();
    *(uint64_t *)(uc_tss + TSS_STACK) = (uint64_t)(stack + STACK_SIZE);
    uc_interrupt_gate(VECTOR_DEVICE, uc_tick, STACK);
    uc_tick_resume();
}

void uc_tick_resume(void)
{
    uc_timer_set(TICK_NS, VECTOR_DEVICE | APIC_PERIODIC);
    cpu_interrupts(true);
}
