/* SPDX-License-Identifier: BSD-2-Clause */
/* hypercall.S: a call to Xen: five arguments, and the call's number. */
    .section .text.uc_hypercall, "ax", %progbits
    .globl uc_hypercall
    .type uc_hypercall, %function
uc_hypercall:
    mov x16, x5
    hvc #0xea1
    ret
    .size uc_hypercall, . - uc_hypercall
