/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S: exceptions. uc_refill, and what follows it, is copied to where the
 * processor jumps. All of it runs in KERNEL and uses no other memory until
 * everything is kept; then more exceptions may come.
 */
#include "layout.h"

#define HALT_SIZE 20

    .set noreorder
    .set noat

/* A translation that the TLB does not have: two pages' entries, any place. */
    .section .text.uc_refill, "ax", @progbits
    .globl uc_refill, uc_refill_end
    .type uc_refill, @function
uc_refill:
    mfc0 $26, $8
    lui $27, %hi(uc_directory + KERNEL)
    srl $26, $26, 22
    sll $26, $26, 2
    addu $27, $27, $26
    lw $27, %lo(uc_directory + KERNEL)($27)
    mfc0 $26, $4 /* the address, 9 bits to the right */
    bnez $27, 1f
    srl $26, $26, 1
    j uc_trap
    nop
1:  andi $26, $26, 0xff8
    addu $27, $27, $26
    lw $26, 0($27)
    lw $27, 4($27)
    mtc0 $26, $2
    mtc0 $27, $3
    ehb
    tlbwr
    eret
uc_refill_end:
    j uc_trap
    nop
    .size uc_refill, . - uc_refill

/* An interrupt while uc_halt lets it in only ends that. */
    .section .text.uc_trap, "ax", @progbits
    .type uc_trap, @function
uc_trap:
    mfc0 $26, $13
    andi $26, $26, 0x7c
    bnez $26, 1f
    mfc0 $26, $14
    la $27, uc_halt
    subu $26, $26, $27
    sltiu $26, $26, HALT_SIZE
    beqz $26, 1f
    nop
    la $26, uc_halt + HALT_SIZE
    mtc0 $26, $14
    mfc0 $26, $12
    ins $26, $0, 0, 1
    mtc0 $26, $12
    ehb
    eret

    /* the stack of exceptions; below what is there of it already */
1:  lui $27, %hi(uc_trap_stack_end + KERNEL - TRAP_SIZE)
    bgez $29, 2f
    addiu $27, $27, %lo(uc_trap_stack_end + KERNEL - TRAP_SIZE)
    addiu $27, $29, -TRAP_SIZE
2:
    .irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,28,29,30,31
    sw $\n, 4*\n($27)
    .endr
    mfhi $2
    mflo $3
    mfc0 $4, $14
    mfc0 $6, $12
    mfc0 $5, $13
    mfc0 $7, $8
    sw $2, TRAP_HI($27)
    sw $3, TRAP_LO($27)
    sw $4, TRAP_PC($27)
    sw $6, TRAP_STATE($27)
    sw $5, TRAP_CAUSE($27)
    sw $7, TRAP_ADDRESS($27)
    ins $6, $0, 0, 5 /* kernel mode, no interrupts, exceptions again */
    mtc0 $6, $12
    ehb
    move $4, $27
    addiu $29, $27, -16
    andi $5, $5, 0x7c
    jal uc_trapped
    sltiu $5, $5, 1

    mfc0 $2, $12
    ori $2, $2, STATUS_EXCEPTION
    mtc0 $2, $12
    ehb
    addiu $27, $29, 16
    lw $2, TRAP_HI($27)
    lw $3, TRAP_LO($27)
    lw $4, TRAP_PC($27)
    lw $6, TRAP_STATE($27)
    mthi $2
    mtlo $3
    mtc0 $4, $14
    mtc0 $6, $12
    .irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,28,29,30,31
    lw $\n, 4*\n($27)
    .endr
    ehb
    eret
    .size uc_trap, . - uc_trap

/* void uc_halt(void): until an interrupt comes; they are off before and after */
    .section .text.uc_halt, "ax", @progbits
    .globl uc_halt
    .type uc_halt, @function
uc_halt:
    ei
1:  ehb
    wait
    b 1b
    nop
    jr $31 /* HALT_SIZE bytes from the start */
    nop
    .size uc_halt, . - uc_halt

/*
 * void uc_flush_page(uintptr_t v): within one page and without interrupts, as
 * an exception would change the register.
 */
    .section .text.uc_flush_page, "ax", @progbits
    .balign 64
    .globl uc_flush_page
    .type uc_flush_page, @function
uc_flush_page:
    ins $4, $0, 0, 13
    di $2
    ehb
    mtc0 $4, $10
    ehb
    tlbp
    ehb
    mfc0 $3, $0
    bltz $3, 1f
    ori $4, $4, 0x400 /* an entry that is for no address */
    mtc0 $4, $10
    ehb
    tlbwi
1:  mtc0 $0, $10
    mtc0 $2, $12
    jr.hb $31
    nop
    .size uc_flush_page, . - uc_flush_page
