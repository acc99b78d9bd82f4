/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel.S: long uc_cancelable(int *state, number, a, b, c, d, e, f), a system
 * call that a signal can take back: -EINTR if *state is UC_CANCEL_NOW, and
 * uc_cancel_signal moves whoever is between its start and its end to
 * uc_canceled: there the call has not been made, or the kernel has undone it
 * to make it again.
 */
    .section .text.uc_cancelable, "ax", @progbits
    .globl uc_cancelable, uc_cancelable_start, uc_cancelable_end
    .globl uc_canceled
    .type uc_cancelable, @function
uc_cancelable:
uc_cancelable_start:
    cmpl $2, (%rdi) /* UC_CANCEL_NOW */
    je uc_canceled
    mov %rsi, %rax
    mov %rdx, %rdi
    mov %rcx, %rsi
    mov %r8, %rdx
    mov %r9, %r10
    mov 8(%rsp), %r8
    mov 16(%rsp), %r9
    syscall
uc_cancelable_end:
    ret
uc_canceled:
    mov $-4, %rax /* -EINTR */
    ret
    .size uc_cancelable, . - uc_cancelable
