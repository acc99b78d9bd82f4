/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from the monitor to C. PVH enters in 32-bit protected mode without
 * paging, flat segments, EBX -> struct hvm_start_info. (EAX differs between
 * QEMU's firmwares and means nothing.)
 */
    .section .note.Xen, "a", @note
    .balign 4
    .long 4, 8, 18 /* name and data length, XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .quad uc_entry

    .section .text.uc_entry, "ax", @progbits
    .code32
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
#include "long_mode.inc"
    .size uc_entry, . - uc_entry
