/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick_enter.S: calls uc_sched_preempted between two instructions of a thread, on
 * its stack, where uc_tick_divert has put its x0 to x30, pc and state.
 */
    .macro vectors do
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, \
            19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    \do q\n, [sp, #16 * \n]
    .endr
    .endm

    .section .text.uc_tick_enter, "ax", %progbits
    .globl uc_tick_enter
    .type uc_tick_enter, %function
uc_tick_enter:
    mov x19, sp
    sub sp, sp, #528
    mrs x0, fpsr
    mrs x1, fpcr
    str x0, [sp, #512]
    str x1, [sp, #520]
    vectors str
    bl uc_sched_preempted
    msr daifset, #2 /* what follows is in registers that exceptions use */
    vectors ldr
    ldr x0, [sp, #512]
    ldr x1, [sp, #520]
    msr fpsr, x0
    msr fpcr, x1
    mov sp, x19
    ldp x2, x3, [sp, #248]
    msr elr_el1, x2
    msr spsr_el1, x3
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, \
            19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
    ldr x\n, [sp, #8 * \n]
    .endr
    add sp, sp, #272
    eret
    .size uc_tick_enter, . - uc_tick_enter
