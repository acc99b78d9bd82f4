/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.S: coming back to a place, and leaving a stack: mark.h. */
    .set noreorder
    .section .text.uc_mark, "ax", @progbits
    .globl uc_mark
    .type uc_mark, @function
uc_mark:
    sdc1 $f20, 0($4)
    sdc1 $f22, 8($4)
    sdc1 $f24, 16($4)
    sdc1 $f26, 24($4)
    sdc1 $f28, 32($4)
    sdc1 $f30, 40($4)
    sw $16, 48($4)
    sw $17, 52($4)
    sw $18, 56($4)
    sw $19, 60($4)
    sw $20, 64($4)
    sw $21, 68($4)
    sw $22, 72($4)
    sw $23, 76($4)
    sw $30, 80($4)
    sw $31, 84($4)
    sw $sp, 88($4)
    cfc1 $8, $31
    sw $8, 92($4)
    jr $31
    move $2, $0
    .size uc_mark, . - uc_mark

    .section .text.uc_go_back, "ax", @progbits
    .globl uc_go_back
    .type uc_go_back, @function
uc_go_back:
    ldc1 $f20, 0($4)
    ldc1 $f22, 8($4)
    ldc1 $f24, 16($4)
    ldc1 $f26, 24($4)
    ldc1 $f28, 32($4)
    ldc1 $f30, 40($4)
    lw $16, 48($4)
    lw $17, 52($4)
    lw $18, 56($4)
    lw $19, 60($4)
    lw $20, 64($4)
    lw $21, 68($4)
    lw $22, 72($4)
    lw $23, 76($4)
    lw $30, 80($4)
    lw $31, 84($4)
    lw $sp, 88($4)
    lw $8, 92($4)
    ctc1 $8, $31
    jr $31
    move $2, $5
    .size uc_go_back, . - uc_go_back

    .section .text.uc_go_on, "ax", @progbits
    .globl uc_go_on
    .type uc_go_on, @function
uc_go_on:
    move $25, $5
    move $30, $0
    jalr $25
    addiu $sp, $4, -16 /* its room for arguments */
    .size uc_go_on, . - uc_go_on
