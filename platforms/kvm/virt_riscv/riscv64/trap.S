/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S: exceptions, on their own stack, which is in sscratch: a struct trap
 * for uc_trapped(). If that returns, the program goes on as it says. An
 * exception in an exception, where sscratch is 0, goes on with its stack.
 */
#include "registers.h"

    .macro registers do
    .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, \
            21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    \do x\n, 8 * (\n - 1)(sp)
    .endr
    .endm

    .section .text.uc_trap, "ax", @progbits
    .balign 4
    .globl uc_trap
    .type uc_trap, @function
uc_trap:
    csrrw sp, sscratch, sp
    bnez sp, 1f
    csrr sp, sscratch
    addi sp, sp, -TRAP_SIZE
    sd zero, TRAP_STACK(sp)
    j 2f
1:  addi sp, sp, -TRAP_SIZE
    sd ra, 0(sp)
    addi ra, sp, TRAP_SIZE
    sd ra, TRAP_STACK(sp)
    ld ra, 0(sp)
2:  sd ra, 0(sp)
    registers sd
    csrrw t0, sscratch, zero
    sd t0, TRAP_SP(sp)
    csrr t0, sepc
    csrr t1, sstatus
    sd t0, TRAP_PC(sp)
    sd t1, TRAP_STATE(sp)
    mv a0, sp
    csrr a1, scause
    srli a1, a1, 63 /* an interrupt */
    call uc_trapped
    ld t0, TRAP_PC(sp)
    ld t1, TRAP_STATE(sp)
    ld t2, TRAP_STACK(sp)
    csrw sepc, t0
    csrw sstatus, t1
    csrw sscratch, t2
    ld ra, 0(sp)
    registers ld
    ld sp, TRAP_SP(sp)
    sret
    .size uc_trap, . - uc_trap
