/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hypercall.S: calls to Xen. In user mode, where the program is, the
 * instruction leads to uc_hypercall_enter, which makes the call. Any other
 * place that has this instruction is a program's that wants Linux.
 *
 * long uc_hypercall(long a, long b, long c, long d, long e, long number)
 */
#include "layout.h"

    .section .text.uc_hypercall, "ax", @progbits
    .globl uc_hypercall
    .type uc_hypercall, @function
uc_hypercall:
    mov %r9, %rax
    mov %rcx, %r10
    syscall
made:
    ret
    .size uc_hypercall, . - uc_hypercall

    .globl uc_hypercall_enter
    .type uc_hypercall_enter, @function
uc_hypercall_enter: /* rcx, r11, then ip, cs, flags, sp, ss */
    cmpq $made, 16(%rsp)
    jne 1f
    syscall
    movq $IN_SYSCALL, 8(%rsp)
    push %rcx
    push %rax
    mov $HYPERCALL_IRET, %eax
    syscall
1:  subq $2, 16(%rsp) /* back to the instruction */
    jmp uc_trap + 6 * TRAP_SIZE
    .size uc_hypercall_enter, . - uc_hypercall_enter
