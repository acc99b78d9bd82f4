/* SPDX-License-Identifier: BSD-2-Clause */
/* unmap.S: void uc_unmap_self(base, size): the end of a thread, and its stack. */
    .section .text.uc_sys_unmap_self, "ax", %progbits
    .globl uc_sys_unmap_self
    .type uc_sys_unmap_self, %function
uc_sys_unmap_self:
    mov x8, #215 /* munmap */
    svc 0
    mov x0, #0
    mov x8, #93 /* exit */
    svc 0
    .size uc_sys_unmap_self, . - uc_sys_unmap_self
