/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.S: what C cannot say about threads: a return on another stack.
 */

/* long uc_clone_call(flags, stack, parent_tid, child_tid, tls) */
    .syntax unified
    .arm
    .section .text.uc_clone_call, "ax", %progbits
    .globl uc_clone_call
    .p2align 2
    .type uc_clone_call, %function
uc_clone_call:
    push {r4, r7}
    mov r4, r3 /* the kernel wants tls before child_tid */
    ldr r3, [sp, #8]
    mov r7, #120 /* clone */
    svc 0
    cmp r0, #0
    beq 1f
    pop {r4, r7}
    bx lr
1:  mov r11, #0
    mov r0, sp
    bl uc_thread_begin
    .size uc_clone_call, . - uc_clone_call
