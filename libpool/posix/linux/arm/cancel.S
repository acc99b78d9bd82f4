/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel.S: long uc_cancelable(int *state, number, a, b, c, d, e, f), a system
 * call that a signal can take back: -EINTR if *state is UC_CANCEL_NOW, and
 * uc_cancel_signal moves whoever is between its start and its end to
 * uc_canceled: there the call has not been made, or the kernel has undone it
 * to make it again.
 */
    .syntax unified
    .arm
    .section .text.uc_cancelable, "ax", %progbits
    .globl uc_cancelable, uc_cancelable_start, uc_cancelable_end
    .globl uc_canceled
    .p2align 2
    .type uc_cancelable, %function
uc_cancelable:
    push {r4, r5, r7, lr}
uc_cancelable_start:
    ldr r12, [r0]
    cmp r12, #2 /* UC_CANCEL_NOW */
    beq uc_canceled
    mov r7, r1
    mov r0, r2
    mov r1, r3
    ldrd r2, r3, [sp, #16]
    ldrd r4, r5, [sp, #24]
    svc 0
uc_cancelable_end:
    pop {r4, r5, r7, pc}
uc_canceled:
    mov r0, #-4 /* -EINTR */
    pop {r4, r5, r7, pc}
    .size uc_cancelable, . - uc_cancelable
