/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.S: coming back to a place, and leaving a stack: mark.h. */
    .section .text.uc_mark, "ax", @progbits
    .globl uc_mark
    .type uc_mark, @function
uc_mark:
    mov %rbx, (%rdi)
    mov %rbp, 8(%rdi)
    mov %r12, 16(%rdi)
    mov %r13, 24(%rdi)
    mov %r14, 32(%rdi)
    mov %r15, 40(%rdi)
    lea 8(%rsp), %rax
    mov %rax, 48(%rdi)
    mov (%rsp), %rax
    mov %rax, 56(%rdi)
    xor %eax, %eax
    ret
    .size uc_mark, . - uc_mark

    .section .text.uc_go_back, "ax", @progbits
    .globl uc_go_back
    .type uc_go_back, @function
uc_go_back:
    mov %rsi, %rax
    mov (%rdi), %rbx
    mov 8(%rdi), %rbp
    mov 16(%rdi), %r12
    mov 24(%rdi), %r13
    mov 32(%rdi), %r14
    mov 40(%rdi), %r15
    mov 48(%rdi), %rsp
    jmp *56(%rdi)
    .size uc_go_back, . - uc_go_back

    .section .text.uc_go_on, "ax", @progbits
    .globl uc_go_on
    .type uc_go_on, @function
uc_go_on:
    mov %rdi, %rsp
    xor %ebp, %ebp
    call *%rsi
    .size uc_go_on, . - uc_go_on
