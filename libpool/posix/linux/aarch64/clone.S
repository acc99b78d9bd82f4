/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.S: what C cannot say about threads: a return on another stack.
 */

/* long uc_clone_call(flags, stack, parent_tid, child_tid, tls) */
    .section .text.uc_clone_call, "ax", %progbits
    .globl uc_clone_call
    .type uc_clone_call, %function
uc_clone_call:
    mov x5, x3 /* the kernel wants tls before child_tid */
    mov x3, x4
    mov x4, x5
    mov x8, #220 /* clone */
    svc 0
    cbnz x0, 1f
    mov x29, #0
    mov x0, sp
    bl uc_thread_begin
1:  ret
    .size uc_clone_call, . - uc_clone_call
