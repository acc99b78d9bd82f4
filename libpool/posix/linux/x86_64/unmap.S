/* SPDX-License-Identifier: BSD-2-Clause */
/* unmap.S: void uc_unmap_self(base, size): the end of a thread, and its stack. */
    .section .text.uc_sys_unmap_self, "ax", @progbits
    .globl uc_sys_unmap_self
    .type uc_sys_unmap_self, @function
uc_sys_unmap_self:
    mov $11, %eax /* munmap */
    syscall
    xor %edi, %edi
    mov $60, %eax /* exit */
    syscall
    .size uc_sys_unmap_self, . - uc_sys_unmap_self
