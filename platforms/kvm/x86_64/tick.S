/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick.S: an interrupt while threads run. It comes on a stack of its own, as
 * the 128 bytes below a thread's stack pointer may be in use. Inside the pool
 * it only leaves a mark. Else its frame moves to the thread's stack, below
 * those bytes, and uc_sched_tick is called there: it may return much later.
 */
#include "interrupt.h"

    .section .text.uc_tick, "ax", @progbits
    .globl uc_tick
    .type uc_tick, @function
uc_tick:
    push %rax
    mov uc_apic, %rax
    movl $0, APIC_END(%rax)
    cmpb $0, uc_in_pool
    jne 1f
    mov 32(%rsp), %rax /* the thread's stack pointer */
    sub $128 + 48, %rax
    and $-16, %rax
    pop (%rax)   /* rax */
    pop 8(%rax)  /* rip, cs, flags, rsp, ss */
    pop 16(%rax)
    pop 24(%rax)
    pop 32(%rax)
    pop 40(%rax)
    mov %rax, %rsp
    movb $1, uc_in_pool /* the next interrupts leave marks */
    sti
#include "preempted.inc"
    iretq
1:  movb $1, uc_put_off
    pop %rax
    iretq
    .size uc_tick, . - uc_tick
