/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.S: what C cannot say about threads: a return on another stack.
 */

/* long uc_clone_call(flags, stack, parent_tid, child_tid, tls) */
    .section .text.uc_clone_call, "ax", @progbits
    .globl uc_clone_call
    .type uc_clone_call, @function
uc_clone_call:
    mv a5, a3 /* the kernel wants tls before child_tid */
    mv a3, a4
    mv a4, a5
    li a7, 220 /* clone */
    ecall
    bnez a0, 1f
    li s0, 0
    mv a0, sp
    call uc_thread_begin
1:  ret
    .size uc_clone_call, . - uc_clone_call
