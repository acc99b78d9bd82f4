/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from Xen to C. The image has the header of Linux's for ARM64
 * (Documentation/arm64/booting.rst), by which Xen puts it as it is, 1 MiB into
 * the first of the domain's memory, wherever that is, and starts it at
 * exception level 1, with neither address translation nor caches; x0 is the
 * device tree's address. Of a domain that is not the first, memory starts at
 * 1 GiB; the first has such as the computer has.
 *
 * Code and data are moved up by whole pages (image.lds), and what is not in the
 * file is cleared: Xen leaves in memory what was there. The map is kvm's, with
 * addresses of memory x20 higher than they are seen.
 *
 * The instruction after the one that turns translation on must be one, and what
 * is mapped where we are could be anything. So at first nothing is mapped in
 * the lower half of the addresses; the same tables are those of the upper half.
 * Fetching faults, and the vector in the upper half leads to where we go on.
 */
#include "start.inc"

#define UPPER 0xffffff8000000000
#define TCR_BOTH 0x2b5193519 /* both halves with 39 bits */
#define TCR_LOWER_OFF 0x80
#define TCR_UPPER_OFF 0x800000

    .section .rodata.uc_head, "a", %progbits
    b uc_entry
    .word 0
    .quad IMAGE_START - RAM_START /* in memory from a multiple of 2 MiB on */
    .quad uc_image_size
    .quad 0xa /* little endian, pages of 4 KiB, anywhere */
    .quad 0, 0, 0
    .ascii "ARM\x64"
    .word 0

    .section .rodata.uc_entry, "a", %progbits
    .balign 4
    .globl uc_entry
    .type uc_entry, %function
uc_entry:
    mov x19, x0
    adrp x20, uc_load_start
    mov x0, #IMAGE_START
    sub x20, x20, x0

    /* the last first, as each goes up */
    where x0, uc_flat_end
    where x1, uc_data_end_16
    where x2, uc_data_start
    bl move
    where x0, uc_flat_text_end
    where x1, uc_text_end_16
    where x2, uc_text_start
    bl move
    where x0, uc_data_end
    adrp x1, uc_image_end
1:  strb wzr, [x0], #1
    tst x0, #15
    b.ne 1b
2:  stp xzr, xzr, [x0], #16
    cmp x0, x1
    b.lo 2b

    image_tables
    image_vectors
    add x1, x1, #0x200 /* of a fault, if they were behind the vectors */
    where x8, seen
    branch

    /* what caches may have of what was written without them, which is done */
    dmb sy
    adrp x1, uc_text_page
    adrp x2, uc_image_end
1:  dc ivac, x1
    add x1, x1, #16
    cmp x1, x2
    b.lo 1b

    ldr x1, =UPPER + uc_vectors + 0x800
    msr vbar_el1, x1
    ldr x9, =TCR_BOTH + TCR_LOWER_OFF
    msr tcr_el1, x9
    msr ttbr0_el1, x0
    msr ttbr1_el1, x0
    processor_settings
    translation_on
    b . /* never */

/* Memory that ends at x0 to where x1 and x2 say that it is to end and start. */
1:  ldp x3, x4, [x0, #-16]!
    stp x3, x4, [x1, #-16]!
move:
    cmp x1, x2
    b.hi 1b
    ret
    fill_function
    .size uc_entry, . - uc_entry

    .section .text.uc_seen, "ax", %progbits
    .type seen, %function
seen:
    bic x9, x9, #TCR_LOWER_OFF
    msr tcr_el1, x9
    isb
    adr x0, 1f
    bic x0, x0, #UPPER
    br x0
1:  orr x9, x9, #TCR_UPPER_OFF
    msr tcr_el1, x9
    adrp x0, uc_vectors
    msr vbar_el1, x0
    isb
    where x0, uc_trap_stack_end
    mov sp, x0
    where x0, uc_shift
    sub x19, x19, x20
    stp x20, x19, [x0]
    bl uc_boot
    .size seen, . - seen

    .section .bss.uc_shift, "aw", %nobits
    .balign 16
    .globl uc_shift, uc_tree
uc_shift:
    .skip 8
uc_tree:
    .skip 8
