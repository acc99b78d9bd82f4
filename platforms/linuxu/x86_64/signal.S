/* SPDX-License-Identifier: BSD-2-Clause */
/* signal.S: where a handler returns to. */
    .section .text.uc_signal_return, "ax", @progbits
    .globl uc_signal_return
    .type uc_signal_return, @function
uc_signal_return:
    mov $15, %eax /* rt_sigreturn */
    syscall
    .size uc_signal_return, . - uc_signal_return
