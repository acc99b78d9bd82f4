/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick_enter.S: calls uc_sched_preempted between two instructions of a thread,
 * on its stack, where uc_tick_divert has put a struct trap. The way back is an
 * exception of its own, which takes all of that at once.
 */
    .set noreorder
    .section .text.uc_tick_enter, "ax", @progbits
    .globl uc_tick_enter, uc_tick_leave
    .type uc_tick_enter, @function
uc_tick_enter:
    move $16, $29
    addiu $29, $29, -152
    .irp n, 0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30
    sdc1 $f\n, 24 + 4*\n($29)
    .endr
    cfc1 $2, $31
    jal uc_sched_preempted
    sw $2, 16($29)
    lw $2, 16($29)
    ctc1 $2, $31
    .irp n, 0,2,4,6,8,10,12,14,16,18,20,22,24,26,28,30
    ldc1 $f\n, 24 + 4*\n($29)
    .endr
uc_tick_leave:
    syscall
    .size uc_tick_enter, . - uc_tick_enter
