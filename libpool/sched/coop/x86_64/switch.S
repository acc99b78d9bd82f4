/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S: void uc_switch(void **save, void *to). What a call may not change
 * is kept on the stack, modes of floating point included; sched.c makes such
 * a frame for a thread that has not run yet, with itself in rbx.
 */
    .section .text.uc_switch, "ax", @progbits
    .globl uc_switch, uc_switch_begin
    .type uc_switch, @function
uc_switch:
    push %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    sub $8, %rsp
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    mov %rsp, (%rdi)
    mov %rsi, %rsp
    fldcw 4(%rsp)
    ldmxcsr (%rsp)
    add $8, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    ret
uc_switch_begin:
    mov %rbx, %rdi
    call uc_switch_begun /* with the stack aligned as for any call */
    .size uc_switch, . - uc_switch
