/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.S: a page fault: uc_lazy_fault may give the page memory. If not, it is
 * reported as all faults are. The C code uses no vector registers.
 */
#include "layout.h"

    .section .text.uc_lazy_trap, "ax", @progbits
    .globl uc_lazy_trap
    .type uc_lazy_trap, @function
uc_lazy_trap: /* rcx, r11, error code, ip, cs, flags, sp, ss */
    .irp register, rax, rdx, rbx, rsi, rdi, r8, r9, r10
    push %\register
    .endr
    mov 80(%rsp), %rdi /* the error code */
    cld
    call uc_lazy_fault /* the stack is aligned: 8 and 8 words */
    test %al, %al
    .irp register, r10, r9, r8, rdi, rsi, rbx, rdx, rax
    pop %\register
    .endr
    jz uc_trap + 14 * TRAP_SIZE
    pop %rcx
    pop %r11
    movq $0, (%rsp)
    push %rcx
    push %r11
    push %rax
    mov $HYPERCALL_IRET, %eax
    syscall
    .size uc_lazy_trap, . - uc_lazy_trap
