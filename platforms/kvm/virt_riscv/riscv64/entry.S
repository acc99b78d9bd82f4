/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from the monitor to C. QEMU starts us in machine mode, at the start
 * of memory, with the device tree's address in a1. That mode has no page
 * tables: it gives everything to supervisor mode and is never seen again.
 *
 * The map that is built there: the image's own pages, one by one, with what
 * each may do (image.lds says where it changes), the console and the device
 * that ends it all. Nothing else is mapped: not address 0, not the rest of
 * memory, which boot.c and heap.c add. Addresses have 39 bits.
 *
 * sscratch has the stack of exceptions, as the program's may be at fault.
 */
#include "layout.h"

    .section .uc_reset, "ax", @progbits
    .balign 8
    .type uc_reset_code, @function
uc_reset_code:
    csrr t0, mhartid
1:  bnez t0, 1b /* one processor is enough */
    li t0, -1
    csrw pmpaddr0, t0 /* all addresses */
    csrw medeleg, t0
    csrw mideleg, t0
    csrw mcounteren, t0
    li t1, 0x1f /* for everything */
    csrw pmpcfg0, t1
    slli t1, t0, 63
    csrs 0x30a, t1 /* menvcfg: supervisor mode has a timer, Sstc */
    li t1, 0x2800 /* on return: supervisor mode, floating point */
    csrw mstatus, t1
    lla t0, supervisor
    ld t0, 0(t0)
    csrw mepc, t0
    mret
    .balign 8
supervisor:
    .dword uc_entry
    .size uc_reset_code, . - uc_reset_code

    .section .bss.uc_trap_stack, "aw", @nobits
    .balign 16
    .skip 4096
    .globl uc_trap_stack_end
uc_trap_stack_end:

    .section .text.uc_entry, "ax", @progbits
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
    lla t0, uc_tree
    sd a1, 0(t0)

    /* the image: constants, code, data */
    lla a0, uc_image_start
    lla a1, uc_l3 + (IMAGE_START - RAM_START) / 512
    lla a2, uc_text_page
    li a3, PAGE_CONSTANT
    call fill
    lla a2, uc_data_page
    li a3, PAGE_CODE
    call fill
    lla a2, uc_image_end
    li a3, PAGE_DATA
    call fill

    lla t0, uc_l3 + (POWER - RAM_START) / 512
    li t1, TEST_DEVICE / 4 + PAGE_DATA
    sd t1, 0(t0)
    li t1, UART / 4 + PAGE_DATA
    sd t1, 8(t0) /* CONSOLE is the page behind it */

    lla t0, uc_l2
    lla a0, uc_l1
    srli t1, t0, 2
    addi t1, t1, PAGE_TABLE
    sd t1, 8 * (RAM_START >> 30)(a0)
    lla t1, uc_l3
    srli t1, t1, 2
    addi t1, t1, PAGE_TABLE
    lla t2, uc_l3_count_at
    lw t2, 0(t2)
1:  sd t1, 0(t0)
    addi t0, t0, 8
    addi t1, t1, 1024
    addi t2, t2, -1
    bnez t2, 1b

    lla t0, uc_trap
    csrw stvec, t0
    srli a0, a0, 12
    li t0, 8
    slli t0, t0, 60 /* Sv39 */
    or a0, a0, t0
    sfence.vma
    csrw satp, a0
    lla sp, uc_trap_stack_end
    call uc_boot

/* Entries for pages from a0 to a2, at a1 on. */
1:  srli t0, a0, 2
    add t0, t0, a3
    sd t0, 0(a1)
    addi a1, a1, 8
    add a0, a0, t1
fill:
    li t1, 4096
    bltu a0, a2, 1b
    ret
    .balign 4
uc_l3_count_at:
    .word uc_l3_count
    .size uc_entry, . - uc_entry

    .section .text.uc_boot_on, "ax", @progbits
    .globl uc_boot_on
    .type uc_boot_on, @function
uc_boot_on:
    lla t0, uc_trap_stack_end
    csrw sscratch, t0
    mv sp, a0
    call uc_line_start
    .size uc_boot_on, . - uc_boot_on

    .section .bss.uc_tree, "aw", @nobits
    .balign 8
    .globl uc_tree
    .type uc_tree, @object
uc_tree:
    .skip 8
    .size uc_tree, 8
