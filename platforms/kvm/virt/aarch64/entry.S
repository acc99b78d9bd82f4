/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from the monitor to C. QEMU starts us at exception level 1, with
 * neither address translation nor caches.
 *
 * The map that is built here: the image's own pages, one by one, with what
 * each may do (image.lds says where it changes), and the console. Nothing
 * else is mapped: not address 0, not the rest of memory, which boot.c and
 * heap.c add. Addresses have 39 bits, so that there are three levels.
 *
 * The program's stack pointer is sp_el0; exceptions have sp_el1, as the stack
 * may be what is at fault. Where they go is 16 times 128 bytes of code that
 * are a branch each, and so are written here instead of being in the file.
 */
#include "start.inc"

    .section .text.uc_entry, "ax", %progbits
    .globl uc_entry
    .type uc_entry, %function
uc_entry:
    image_tables
    where x1, uc_l3 + (CONSOLE - RAM_START) / 512
    ldr x3, =PL011 + PAGE_SMALL + PAGE_DEVICE
    orr x3, x3, x4
    str x3, [x1]

    image_vectors
    adrp x1, uc_vectors
    msr vbar_el1, x1
    ldr x1, =TCR_ONE
    msr tcr_el1, x1
    msr ttbr0_el1, x0
    processor_settings
    translation_on
    where x0, uc_trap_stack_end
    mov sp, x0
    bl uc_boot
    fill_function
    .size uc_entry, . - uc_entry
