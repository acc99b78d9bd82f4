/* SPDX-License-Identifier: BSD-2-Clause */
/* unmap.S: void uc_unmap_self(base, size): the end of a thread, and its stack. */
    .section .text.uc_sys_unmap_self, "ax", @progbits
    .globl uc_sys_unmap_self
    .type uc_sys_unmap_self, @function
uc_sys_unmap_self:
    li a7, 215 /* munmap */
    ecall
    li a0, 0
    li a7, 93 /* exit */
    ecall
    .size uc_sys_unmap_self, . - uc_sys_unmap_self
