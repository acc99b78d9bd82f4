/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from the boot loader to C. It calls us as YAMON does: $5 is argv,
 * $7 how much memory there is; the processor is in kernel mode, and we run in
 * its own view of memory (KERNEL).
 *
 * The map that is built here: the image's own pages, one by one, with what
 * each may do (image.lds says where it changes), and the PC's ports. Nothing
 * else is mapped: not address 0, not the rest of memory, which lazy.c adds. A
 * directory has a table for each 4 MiB, at its address in KERNEL; 0: none.
 *
 * The program runs in user mode, so that it has no other memory than what is
 * mapped; and with CP0, the system's registers, because nobody is above it.
 */
#include "layout.h"

    .set noreorder
    .section .bss.uc_trap_stack, "aw", @nobits
    .balign 16
    .skip 4096
    .globl uc_trap_stack_end
uc_trap_stack_end:

    .section .text.uc_entry, "ax", @progbits
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
    lui $16, KERNEL >> 16
    /* what runs when an address has no translation, and all else: trap.S */
    la $8, uc_refill
    or $8, $8, $16
    la $9, uc_refill_end
    or $9, $9, $16
    move $10, $16
1:  lw $2, 0($8)
    addiu $8, $8, 4
    sw $2, 0($10)
    synci 0($10)
    bne $8, $9, 1b
    addiu $10, $10, 4
    lw $2, 0($9) /* two instructions */
    sw $2, 0x180($16)
    lw $2, 4($9)
    sw $2, 0x184($16)
    synci 0x180($16)
    sync

    /* the image: constants, code, data */
    li $8, IMAGE_START >> PAGE_SHIFT
    la $9, uc_tables + IMAGE_START / 1024
    or $9, $9, $16
    la $10, uc_text_page
    li $11, PAGE_CONSTANT
    jal fill
    nop
    la $10, uc_data_page
    jal fill
    li $11, PAGE_CODE
    la $10, uc_image_end
    li $11, PAGE_DATA
    jal fill
    nop

    la $9, uc_tables
    or $9, $9, $16
    li $8, DEVICE_PORTS >> PAGE_SHIFT | PAGE_DEVICE
    sw $8, PORTS / 1024($9)
    la $8, uc_directory
    or $8, $8, $16
    la $10, uc_directory + 4 * 512
    or $10, $10, $16
    la $11, uc_table_count
1:  sw $9, 0($8)
    addiu $8, $8, 4
    addiu $11, $11, -1
    bgtz $11, 1b
    addiu $9, $9, 0x1000

    /* the TLB: empty; pages may be for data only, which has causes of its own */
    mtc0 $0, $10
    mtc0 $0, $5
    mtc0 $0, $6
    mtc0 $0, $4
    lui $2, 0xe800 /* RIE, XIE, IEC */
    mtc0 $2, $5, 1
    lui $2, 0x2000 /* the thread pointer may be read */
    mtc0 $2, $7
    mtc0 $0, $11 /* the timer's interrupt */
    mtc0 $0, $13
    li $2, STATUS_UNITS | STATUS_LINES
    mtc0 $2, $12
    ehb
    .word 0x42000004 /* tlbinvf */
    ehb
    ctc1 $0, $31

    la $29, uc_trap_stack_end - 2048 /* below what an exception would take */
    or $29, $29, $16
    move $4, $5
    la $25, uc_boot
    jr.hb $25
    move $5, $7

/* Entries for pages to $10, at $9 on: as $8 has the address, with flags $11. */
fill:
    srl $8, $8, 6 /* without flags */
    sll $8, $8, 6
    ins $8, $0, 30, 2
    or $8, $8, $11
    srl $10, $10, 12
    sll $10, $10, 6
    or $10, $10, $11
1:  beq $8, $10, 2f
    nop
    sw $8, 0($9)
    addiu $9, $9, 4
    b 1b
    addiu $8, $8, 64
2:  jr $31
    nop
    .size uc_entry, . - uc_entry

    .section .text.uc_boot_on, "ax", @progbits
    .globl uc_boot_on
    .type uc_boot_on, @function
uc_boot_on:
    la $2, uc_line_start
    mtc0 $2, $14
    li $2, STATUS_UNITS | STATUS_LINES | STATUS_USER | STATUS_EXCEPTION
    mtc0 $2, $12
    addiu $29, $4, -16
    ehb
    eret
    .size uc_boot_on, . - uc_boot_on
