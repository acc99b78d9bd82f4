/* SPDX-License-Identifier: BSD-2-Clause */
/* unmap.S: void uc_unmap_self(base, size): the end of a thread, and its stack. */
    .set noreorder
    .section .text.uc_sys_unmap_self, "ax", @progbits
    .globl uc_sys_unmap_self
    .type uc_sys_unmap_self, @function
uc_sys_unmap_self:
    li $2, 4091 /* munmap */
    syscall
    move $4, $0
    li $2, 4001 /* exit */
    syscall
    .size uc_sys_unmap_self, . - uc_sys_unmap_self
