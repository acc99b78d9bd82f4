/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: where Linux starts the process. The kernel's stack already has the
 * layout that uc_start wants, and is aligned as a call wants it.
 */
    .syntax unified
    .arm
    .section .text.uc_entry, "ax", %progbits
    .globl uc_entry
    .p2align 2
    .type uc_entry, %function
uc_entry:
    mov r0, sp
    bl uc_start
    .size uc_entry, . - uc_entry
