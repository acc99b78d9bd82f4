/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S: faults, one entry of TRAP_SIZE bytes for each vector. Xen has pushed
 * rcx and r11 on top of the frame, which may begin with an error code. The
 * number is pushed as it is printed, 14 as 0x14. Registers follow as uc_fault()
 * reads them.
 */
#include "layout.h"

    .section .text.uc_trap, "ax", @progbits
    .globl uc_trap
    .type uc_trap, @function
uc_trap:
    .set vector, 0
    .rept VECTORS
    push $vector + vector / 10 * 6
    jmp common
    .set vector, vector + 1
    .endr
    .org uc_trap + VECTORS * TRAP_SIZE /* an error if they are longer */
common:
    pop %r11
    pop %rcx
    xchg %r11, (%rsp)
    .irp register, r15, r14, r13, r12, r11, r10, r9, r8, \
                   rbp, rdi, rsi, rdx, rcx, rbx, rax
    push %\register
    .endr
    mov %rsp, %rdi
    and $-16, %rsp
    cld
    call uc_fault
    .size uc_trap, . - uc_trap
