/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S: void uc_switch(void **save, void *to). What a call may not change
 * is kept on the stack, modes of floating point included; sched.c makes such
 * a frame for a thread that has not run yet, with itself in $16.
 */
    .set noreorder
    .section .text.uc_switch, "ax", @progbits
    .globl uc_switch, uc_switch_begin
    .type uc_switch, @function
uc_switch:
    addiu $sp, $sp, -112
    cfc1 $8, $31
    sw $8, 104($sp)
    sdc1 $f20, 16($sp)
    sdc1 $f22, 24($sp)
    sdc1 $f24, 32($sp)
    sdc1 $f26, 40($sp)
    sdc1 $f28, 48($sp)
    sdc1 $f30, 56($sp)
    sw $16, 64($sp)
    sw $17, 68($sp)
    sw $18, 72($sp)
    sw $19, 76($sp)
    sw $20, 80($sp)
    sw $21, 84($sp)
    sw $22, 88($sp)
    sw $23, 92($sp)
    sw $30, 96($sp)
    sw $31, 100($sp)
    sw $sp, 0($4)
    move $sp, $5
    lw $8, 104($sp)
    ctc1 $8, $31
    ldc1 $f20, 16($sp)
    ldc1 $f22, 24($sp)
    ldc1 $f24, 32($sp)
    ldc1 $f26, 40($sp)
    ldc1 $f28, 48($sp)
    ldc1 $f30, 56($sp)
    lw $16, 64($sp)
    lw $17, 68($sp)
    lw $18, 72($sp)
    lw $19, 76($sp)
    lw $20, 80($sp)
    lw $21, 84($sp)
    lw $22, 88($sp)
    lw $23, 92($sp)
    lw $30, 96($sp)
    lw $31, 100($sp)
    jr $31
    addiu $sp, $sp, 112
uc_switch_begin:
    move $4, $16
    jal uc_switch_begun
    addiu $sp, $sp, -16 /* its room for arguments */
    .size uc_switch, . - uc_switch
