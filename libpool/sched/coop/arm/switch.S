/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S: void uc_switch(void **save, void *to). What a call may not change
 * is kept on the stack, modes of floating point included; sched.c makes such
 * a frame for a thread that has not run yet, with itself in r4.
 */
    .syntax unified
    .arm
    .fpu vfpv3-d16
    .section .text.uc_switch, "ax", %progbits
    .globl uc_switch, uc_switch_begin
    .p2align 2
    .type uc_switch, %function
uc_switch:
    push {r3, r4, r5, r6, r7, r8, r9, r10, r11, lr}
    vpush {d8-d15}
    vmrs r2, fpscr
    push {r2, r3}
    str sp, [r0]
    mov sp, r1
    pop {r2, r3}
    vmsr fpscr, r2
    vpop {d8-d15}
    pop {r3, r4, r5, r6, r7, r8, r9, r10, r11, pc}
uc_switch_begin:
    mov r0, r4
    bl uc_switch_begun /* with the stack aligned as for any call */
    .size uc_switch, . - uc_switch
