/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.S: coming back to a place, and leaving a stack: mark.h. */
    .section .text.uc_mark, "ax", %progbits
    .globl uc_mark
    .type uc_mark, %function
uc_mark:
    stp x19, x20, [x0]
    stp x21, x22, [x0, #16]
    stp x23, x24, [x0, #32]
    stp x25, x26, [x0, #48]
    stp x27, x28, [x0, #64]
    stp x29, x30, [x0, #80]
    stp d8, d9, [x0, #96]
    stp d10, d11, [x0, #112]
    stp d12, d13, [x0, #128]
    stp d14, d15, [x0, #144]
    mov x9, sp
    mrs x10, fpcr
    stp x9, x10, [x0, #160]
    mov x0, #0
    ret
    .size uc_mark, . - uc_mark

    .section .text.uc_go_back, "ax", %progbits
    .globl uc_go_back
    .type uc_go_back, %function
uc_go_back:
    ldp x19, x20, [x0]
    ldp x21, x22, [x0, #16]
    ldp x23, x24, [x0, #32]
    ldp x25, x26, [x0, #48]
    ldp x27, x28, [x0, #64]
    ldp x29, x30, [x0, #80]
    ldp d8, d9, [x0, #96]
    ldp d10, d11, [x0, #112]
    ldp d12, d13, [x0, #128]
    ldp d14, d15, [x0, #144]
    ldp x9, x10, [x0, #160]
    mov sp, x9
    msr fpcr, x10
    mov x0, x1
    ret
    .size uc_go_back, . - uc_go_back

    .section .text.uc_go_on, "ax", %progbits
    .globl uc_go_on
    .type uc_go_on, %function
uc_go_on:
    mov sp, x0
    mov x29, #0
    blr x1
    .size uc_go_on, . - uc_go_on
