/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso_call.S: long uc_vdso_call(clock, time, function): calls the function with
 * the first two. It is none that an analysis of the program can see.
 */
    .section .text.uc_vdso_call, "ax", %progbits
    .globl uc_vdso_call
    .type uc_vdso_call, %function
uc_vdso_call:
    br x2
    .size uc_vdso_call, . - uc_vdso_call
