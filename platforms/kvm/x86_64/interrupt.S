/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.S: interrupts are let in only while the processor halts, and do no
 * more than end that: the devices are then asked by uc_poll().
 */
#include "interrupt.h"

    .section .text.uc_halt, "ax", @progbits
    .globl uc_halt
    .type uc_halt, @function
uc_halt:
    sti /* takes effect after hlt has begun: nothing is missed */
    hlt
    cli
    ret
    .size uc_halt, . - uc_halt

    .section .text.uc_interrupt, "ax", @progbits
    .globl uc_interrupt
    .type uc_interrupt, @function
uc_interrupt:
    push %rax
    mov uc_apic, %rax
    movl $0, APIC_END(%rax)
    pop %rax
    .globl uc_interrupt_spurious
uc_interrupt_spurious:
    iretq
    .size uc_interrupt, . - uc_interrupt
