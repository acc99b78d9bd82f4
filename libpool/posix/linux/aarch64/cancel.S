/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel.S: long uc_cancelable(int *state, number, a, b, c, d, e, f), a system
 * call that a signal can take back: -EINTR if *state is UC_CANCEL_NOW, and
 * uc_cancel_signal moves whoever is between its start and its end to
 * uc_canceled: there the call has not been made, or the kernel has undone it
 * to make it again.
 */
    .section .text.uc_cancelable, "ax", %progbits
    .globl uc_cancelable, uc_cancelable_start, uc_cancelable_end
    .globl uc_canceled
    .type uc_cancelable, %function
uc_cancelable:
uc_cancelable_start:
    ldr w8, [x0]
    cmp w8, #2 /* UC_CANCEL_NOW */
    b.eq uc_canceled
    mov x8, x1
    mov x0, x2
    mov x1, x3
    mov x2, x4
    mov x3, x5
    mov x4, x6
    mov x5, x7
    svc 0
uc_cancelable_end:
    ret
uc_canceled:
    mov x0, #-4 /* -EINTR */
    ret
    .size uc_cancelable, . - uc_cancelable
