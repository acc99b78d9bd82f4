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
#include "layout.h"

    .section .bss.uc_trap_stack, "aw", %nobits
    .balign 16
    .skip 4096
    .globl uc_trap_stack_end
uc_trap_stack_end:

    .section .uc_written_code, "aw", %nobits
    .balign 4096
uc_vectors:
    .skip 4096

    .section .text.uc_entry, "ax", %progbits
    .globl uc_entry
    .type uc_entry, %function
uc_entry:
    /* the image: constants, code, data; x4 is the upper half of an entry */
    mov x4, #PAGE_NX_HIGH << 32
    ldr x0, =IMAGE_START + PAGE_SMALL + PAGE_READ_ONLY
    ldr x1, =uc_l3 + (IMAGE_START - RAM_START) / 512
    ldr x2, =uc_text_page
    bl fill
    ldr x2, =uc_data_page
    mov x5, x4
    mov x4, #0
    bl fill
    mov x4, x5
    sub x0, x0, #PAGE_READ_ONLY
    ldr x2, =uc_vectors
    bl fill
    add x3, x0, #PAGE_READ_ONLY
    str x3, [x1], #8
    add x0, x0, #4096
    ldr x2, =uc_image_end
    bl fill

    ldr x1, =uc_l3 + (CONSOLE - RAM_START) / 512
    ldr x0, =PL011 + PAGE_SMALL + PAGE_DEVICE
    orr x0, x0, x4
    str x0, [x1]

    ldr x1, =uc_l2 /* tables are data, too: see tables.h */
    mov x3, #PAGE_SMALL
    orr x3, x3, x4
    orr x3, x3, x1
    ldr x0, =uc_l1
    str x3, [x0, #8] /* of the second GiB */
    ldr x3, =uc_l3 + PAGE_SMALL
    orr x3, x3, x4
    ldr w2, =uc_l3_count
1:  str x3, [x1], #8
    add x3, x3, #4096
    subs w2, w2, #1
    b.ne 1b

    /* exceptions: interrupts are every fourth from the second on */
    ldr x1, =uc_vectors
    msr vbar_el1, x1
    ldr x2, =uc_trap
    ldr x3, =uc_trap_interrupt
    mov w5, #0x14000000 /* b */
    mov w6, #16
1:  and w7, w6, #3
    cmp w7, #3
    csel x4, x3, x2, eq
    sub x4, x4, x1
    ubfx x4, x4, #2, #26
    orr w4, w4, w5
    str w4, [x1], #128
    subs w6, w6, #1
    b.ne 1b

    /* attribute 0 is memory, 1 is devices; caches, floating point */
    mov x1, #0x04ff
    msr mair_el1, x1
    ldr x1, =0x200803519 /* 39 bits, pages of 4 KiB, no second table */
    msr tcr_el1, x1
    msr ttbr0_el1, x0
    mov x1, #3 << 20
    msr cpacr_el1, x1
    ic iallu
    tlbi vmalle1
    dsb sy
    isb
    ldr x1, =0x30d8181d /* M, C, SA, SA0, I, WXN and bits that are 1 */
    msr sctlr_el1, x1
    isb
    ldr x0, =uc_trap_stack_end
    mov sp, x0
    bl uc_boot

/* Entries for pages from x0 (address and flags) to x2, at x1 on. */
1:  orr x3, x0, x4
    str x3, [x1], #8
    add x0, x0, #4096
fill:
    cmp x0, x2
    b.lo 1b
    ret
    .size uc_entry, . - uc_entry

    .section .text.uc_boot_on, "ax", %progbits
    .globl uc_boot_on
    .type uc_boot_on, %function
uc_boot_on:
    ldr x1, =uc_trap_stack_end
    mov sp, x1
    msr sp_el0, x0
    msr spsel, #0
    bl uc_line_start
    .size uc_boot_on, . - uc_boot_on
