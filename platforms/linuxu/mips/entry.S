/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: where Linux starts the process. The kernel's stack has the layout
 * that uc_start wants; the callee may store its four arguments above it.
 */
    .set noreorder
    .section .text.uc_entry, "ax", @progbits
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
    move $4, $sp
    jal uc_start
    addiu $sp, $sp, -16
    .size uc_entry, . - uc_entry
