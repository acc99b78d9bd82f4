/* SPDX-License-Identifier: BSD-2-Clause */
/* unmap.S: void uc_unmap_self(base, size): the end of a thread, and its stack. */
    .syntax unified
    .arm
    .section .text.uc_sys_unmap_self, "ax", %progbits
    .globl uc_sys_unmap_self
    .p2align 2
    .type uc_sys_unmap_self, %function
uc_sys_unmap_self:
    mov r7, #91 /* munmap */
    svc 0
    mov r0, #0
    mov r7, #1 /* exit */
    svc 0
    .size uc_sys_unmap_self, . - uc_sys_unmap_self
