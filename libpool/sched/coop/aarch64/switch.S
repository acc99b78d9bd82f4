/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S: void uc_switch(void **save, void *to). What a call may not change
 * is kept on the stack, modes of floating point included; sched.c makes such
 * a frame for a thread that has not run yet, with itself in x19.
 */
    .section .text.uc_switch, "ax", %progbits
    .globl uc_switch, uc_switch_begin
    .type uc_switch, %function
uc_switch:
    sub sp, sp, #176
    mrs x9, fpcr
    str x9, [sp]
    stp d8, d9, [sp, #16]
    stp d10, d11, [sp, #32]
    stp d12, d13, [sp, #48]
    stp d14, d15, [sp, #64]
    stp x19, x20, [sp, #80]
    stp x21, x22, [sp, #96]
    stp x23, x24, [sp, #112]
    stp x25, x26, [sp, #128]
    stp x27, x28, [sp, #144]
    stp x29, x30, [sp, #160]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldr x9, [sp]
    msr fpcr, x9
    ldp d8, d9, [sp, #16]
    ldp d10, d11, [sp, #32]
    ldp d12, d13, [sp, #48]
    ldp d14, d15, [sp, #64]
    ldp x19, x20, [sp, #80]
    ldp x21, x22, [sp, #96]
    ldp x23, x24, [sp, #112]
    ldp x25, x26, [sp, #128]
    ldp x27, x28, [sp, #144]
    ldp x29, x30, [sp, #160]
    add sp, sp, #176
    ret
uc_switch_begin:
    mov x0, x19
    bl uc_switch_begun /* with the stack aligned as for any call */
    .size uc_switch, . - uc_switch
