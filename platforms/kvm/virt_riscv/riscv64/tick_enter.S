/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick_enter.S: calls uc_sched_preempted between two instructions of a thread,
 * on its stack, where uc_tick_divert has put its struct trap. What that call
 * may change beside it are registers of floating point.
 */
#include "registers.h"

    .macro floats do
    \do ft0, 0(sp)
    \do ft1, 8(sp)
    \do ft2, 16(sp)
    \do ft3, 24(sp)
    \do ft4, 32(sp)
    \do ft5, 40(sp)
    \do ft6, 48(sp)
    \do ft7, 56(sp)
    \do ft8, 64(sp)
    \do ft9, 72(sp)
    \do ft10, 80(sp)
    \do ft11, 88(sp)
    \do fa0, 96(sp)
    \do fa1, 104(sp)
    \do fa2, 112(sp)
    \do fa3, 120(sp)
    \do fa4, 128(sp)
    \do fa5, 136(sp)
    \do fa6, 144(sp)
    \do fa7, 152(sp)
    .endm

    .section .text.uc_tick_enter, "ax", @progbits
    .globl uc_tick_enter
    .type uc_tick_enter, @function
uc_tick_enter:
    addi sp, sp, -176
    floats fsd
    frcsr t0
    sd t0, 160(sp)
    call uc_sched_preempted
    csrci sstatus, 2 /* what follows is in registers that exceptions use */
    ld t0, 160(sp)
    fscsr t0
    floats fld
    addi sp, sp, 176
    ld t0, TRAP_PC(sp)
    ld t1, TRAP_STATE(sp)
    csrw sepc, t0
    csrw sstatus, t1
    .irp n, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, \
            20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    ld x\n, 8 * (\n - 1)(sp)
    .endr
    ld sp, TRAP_SP(sp)
    sret
    .size uc_tick_enter, . - uc_tick_enter
