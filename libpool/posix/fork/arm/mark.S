/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.S: coming back to a place, and leaving a stack: mark.h. */
    .syntax unified
    .arm
    .fpu vfpv3-d16
    .section .text.uc_mark, "ax", %progbits
    .globl uc_mark
    .p2align 2
    .type uc_mark, %function
uc_mark:
    vstmia r0!, {d8-d15}
    vmrs r2, fpscr
    mov r3, sp
    stmia r0, {r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}
    mov r0, #0
    bx lr
    .size uc_mark, . - uc_mark

    .section .text.uc_go_back, "ax", %progbits
    .globl uc_go_back
    .p2align 2
    .type uc_go_back, %function
uc_go_back:
    vldmia r0!, {d8-d15}
    ldmia r0, {r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}
    vmsr fpscr, r2
    mov sp, r3
    mov r0, r1
    bx lr
    .size uc_go_back, . - uc_go_back

    .section .text.uc_go_on, "ax", %progbits
    .globl uc_go_on
    .p2align 2
    .type uc_go_on, %function
uc_go_on:
    mov sp, r0
    mov r11, #0
    blx r1
    .size uc_go_on, . - uc_go_on
