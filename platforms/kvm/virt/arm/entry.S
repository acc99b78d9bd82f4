/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from the monitor to C. QEMU starts us in supervisor mode, with
 * neither address translation nor caches.
 *
 * The map that is built here: the image's own pages, one by one, with what
 * each may do (image.lds says where it changes), and the console. Nothing
 * else is mapped: not address 0, not the rest of memory, which boot.c and
 * heap.c add. Descriptors are the long ones.
 *
 * The program runs in system mode; every kind of exception has a mode with a
 * stack pointer of its own, as the stack may be what is at fault.
 */
#include "layout.h"

    .syntax unified
    .arm
    .fpu vfpv3-d16

    .section .bss.uc_trap_stack, "aw", %nobits
    .balign 16
    .skip 4096
uc_trap_stack_end:

    .section .text.uc_entry, "ax", %progbits
    .globl uc_entry
    .type uc_entry, %function
uc_entry:
    /* the image: constants, code, data; r4 is the upper half of an entry */
    ldr r4, =PAGE_NX_HIGH
    ldr r0, =IMAGE_START + PAGE_SMALL + PAGE_READ_ONLY
    ldr r1, =uc_l3 + (IMAGE_START - RAM_START) / 512
    ldr r2, =uc_text_page
    bl fill
    mov r5, r4
    mov r4, #0
    ldr r2, =uc_data_page
    bl fill
    mov r4, r5
    sub r0, r0, #PAGE_READ_ONLY
    ldr r2, =uc_image_end
    bl fill

    ldr r1, =uc_l3 + (CONSOLE - RAM_START) / 512
    ldr r0, =PL011 + PAGE_SMALL + PAGE_DEVICE
    str r0, [r1]
    str r4, [r1, #4]

    ldr r1, =uc_l2 /* tables are data, too: see tables.h */
    ldr r6, =PAGE_SMALL
    orr r2, r1, r6
    ldr r0, =uc_l1
    str r2, [r0, #8] /* of the second GiB */
    str r4, [r0, #12]
    ldr r2, =uc_l3
    orr r2, r2, r6
    ldr r3, =uc_l3_count
1:  str r2, [r1], #4
    str r4, [r1], #4
    add r2, r2, #4096
    subs r3, r3, #1
    bne 1b

    /* attribute 0 is memory, 1 is devices; caches, floating point */
    ldr r1, =0x04ff
    mcr p15, 0, r1, c10, c2, 0 /* MAIR0 */
    ldr r1, =0x80803500 /* long descriptors, all by the first table */
    mcr p15, 0, r1, c2, c0, 2
    mov r1, #0
    mcrr p15, 0, r0, r1, c2
    ldr r1, =0xf << 20
    mcr p15, 0, r1, c1, c0, 2 /* CPACR */
    isb
    mov r1, #1 << 30
    vmsr fpexc, r1
    ldr r1, =uc_vectors
    mcr p15, 0, r1, c12, c0, 0
    mcr p15, 0, r1, c7, c5, 0 /* instruction cache */
    mcr p15, 0, r1, c8, c7, 0 /* translations */
    dsb
    isb
    mrc p15, 0, r1, c1, c0, 0
    ldr r2, =0x81805 /* WXN, I, Z, C, M */
    orr r1, r1, r2
    ldr r2, =0x40002002 /* not TE, V, A */
    bic r1, r1, r2
    mcr p15, 0, r1, c1, c0, 0
    isb

    ldr r0, =uc_trap_stack_end
    .irp mode, 0x17, 0x1b, 0x13 /* abort, undefined, svc */
    cps #\mode
    mov sp, r0
    .endr
    sub r0, r0, #2048 /* what an interrupt does may want memory for a page */
    cps #0x12
    mov sp, r0
    cps #0x1f
    mov sp, r0
    bl uc_boot

/* Entries for pages from r0 (address and flags) to r2, at r1 on. */
1:  str r0, [r1], #4
    str r4, [r1], #4
    add r0, r0, #4096
fill:
    cmp r0, r2
    blo 1b
    bx lr
    .ltorg
    .size uc_entry, . - uc_entry

    .section .text.uc_boot_on, "ax", %progbits
    .globl uc_boot_on
    .type uc_boot_on, %function
uc_boot_on:
    mov sp, r0
    bl uc_line_start
    .size uc_boot_on, . - uc_boot_on
