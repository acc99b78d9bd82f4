/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from Xen to C. PVH enters in 32-bit protected mode without paging,
 * flat segments, EBX -> struct hvm_start_info; from there on all is kvm's.
 * Before, uc_hypercall gets the instruction that the processor has for it:
 * while there are no pages, code can be written to.
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
    fninit /* Xen leaves what a reset does: results of 24 bits */
    mov %ebx, %esi
    xor %eax, %eax
    cpuid
    cmp $0x68747541, %ebx /* "Auth" of AMD */
    je 1f
    cmp $0x6f677948, %ebx /* "Hygo" */
    je 1f
    movb $0xc1, uc_hypercall_instruction + 2 /* VMCALL */
1:  mov %esi, %ebx
#include "long_mode.inc"
    .size uc_entry, . - uc_entry

    .section .text.uc_hypercall, "ax", @progbits
    .code64
    .globl uc_hypercall
    .type uc_hypercall, @function
uc_hypercall:
    mov %r9d, %eax
    mov %rcx, %r10
uc_hypercall_instruction:
    vmmcall
    ret
    .size uc_hypercall, . - uc_hypercall
