/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel.S: long uc_cancelable(int *state, number, a, b, c, d, e, f), a system
 * call that a signal can take back: -EINTR if *state is UC_CANCEL_NOW, and
 * uc_cancel_signal moves whoever is between its start and its end to
 * uc_canceled: there the call has not been made, or the kernel has undone it
 * to make it again.
 */
    .set noreorder
    .section .text.uc_cancelable, "ax", @progbits
    .globl uc_cancelable, uc_cancelable_start, uc_cancelable_end
    .globl uc_canceled
    .type uc_cancelable, @function
uc_cancelable:
uc_cancelable_start:
    lw $8, 0($4)
    li $9, 2 /* UC_CANCEL_NOW */
    beq $8, $9, uc_canceled
    move $2, $5
    move $4, $6
    move $5, $7
    lw $6, 16($sp)
    lw $7, 20($sp)
    lw $8, 24($sp)
    lw $9, 28($sp)
    sw $8, 16($sp) /* the caller gives its room away */
    sw $9, 20($sp)
    syscall
uc_cancelable_end:
    beqz $7, 1f
    nop
    subu $2, $0, $2
1:  jr $31
    nop
uc_canceled:
    jr $31
    li $2, -4 /* -EINTR */
    .size uc_cancelable, . - uc_cancelable
