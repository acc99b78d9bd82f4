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
    lw t0, 0(a0)
    li t1, 2 /* UC_CANCEL_NOW */
    beq t0, t1, uc_canceled
    mv t0, a1
    mv a0, a2
    mv a1, a3
    mv a2, a4
    mv a3, a5
    mv a4, a6
    mv a5, a7
    mv a7, t0
    ecall
uc_cancelable_end:
    ret
uc_canceled:
    li a0, -4 /* -EINTR */
    ret
    .size uc_cancelable, . - uc_cancelable
