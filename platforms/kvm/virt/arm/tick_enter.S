/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick_enter.S: calls uc_sched_preempted between two instructions of a thread,
 * on its stack, where uc_tick_divert has put r0 to r12, lr, pc, state and the
 * stack pointer.
 */
    .syntax unified
    .arm
    .fpu vfpv3-d16

    .section .text.uc_tick_enter, "ax", %progbits
    .globl uc_tick_enter
    .p2align 2
    .type uc_tick_enter, %function
uc_tick_enter:
    mov r4, sp
    vpush {d0-d15}
    vmrs r0, fpscr
    push {r0, r1}
    bl uc_sched_preempted
    cpsid i
    pop {r0, r1}
    vmsr fpscr, r0
    vpop {d0-d15}
    mov sp, r4
    /*
     * pc and state go to just below the old stack pointer, from where one
     * instruction takes both; interrupts are off, and nothing else is there
     */
    ldr r0, [sp, #64] /* the old one */
    ldr r1, [sp, #56]
    ldr r2, [sp, #60]
    str r1, [r0, #-8]
    str r2, [r0, #-4]
    ldr lr, [sp, #52]
    sub r1, r0, #8
    str r1, [sp, #52]
    ldm sp, {r0-r12}
    ldr sp, [sp, #52]
    rfeia sp!
    .size uc_tick_enter, . - uc_tick_enter
