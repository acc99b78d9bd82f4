/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.S: a page fault: uc_lazy_fault may give the page memory. If not, it is
 * reported as all faults are. The C code uses no vector registers.
 */
#include "layout.h"

    .section .text.uc_lazy_trap, "ax", @progbits
    .globl uc_lazy_trap
    .type uc_lazy_trap, @function
uc_lazy_trap:
    .irp register, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
    push %\register
    .endr
    mov %cr2, %rdi
    mov 72(%rsp), %rsi /* the error code */
    cld
    call uc_lazy_fault /* the stack is aligned: 9 and 6 words */
    test %al, %al
    .irp register, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax
    pop %\register
    .endr
    jz uc_trap + 14 * TRAP_SIZE
    add $8, %rsp
    iretq
    .size uc_lazy_trap, . - uc_lazy_trap
