/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.S: what C cannot say about threads: a return on another stack.
 */

/* long uc_clone_call(flags, stack, parent_tid, child_tid, tls) */
    .set noreorder
    .section .text.uc_clone_call, "ax", @progbits
    .globl uc_clone_call
    .type uc_clone_call, @function
uc_clone_call:
    lw $8, 16($sp) /* tls; the kernel wants it before child_tid */
    addiu $sp, $sp, -24
    sw $7, 16($sp)
    move $7, $8
    li $2, 4120 /* clone */
    syscall
    beqz $7, 1f
    addiu $sp, $sp, 24
    jr $31
    subu $2, $0, $2
1:  beqz $2, 2f
    nop
    jr $31
    nop
2:  addiu $4, $sp, -24
    addiu $sp, $sp, -40
    jal uc_thread_begin
    move $30, $0
    .size uc_clone_call, . - uc_clone_call
