/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long_mode.h: the part of entry.S that does not depend on who starts us:
 * from 32-bit protected mode without paging, flat segments, to C. It goes on
 * in the section that includes it, .text.uc_entry, and never comes to its end.
 * EBX -> struct start_info (boot.h); without its magic number no memory is
 * known but that of the image.
 *
 * The map that is built here: the image's own pages, one by one, with what
 * each may do (image.lds says where it changes), and a stack. Nothing else
 * is mapped: not address 0, not the rest of memory, which heap.c adds when
 * somebody asks for it. Below the stack is a wide gap.
 *
 * The stack is an eighth of memory, up to 8 MiB, taken from the upper end and
 * seen just below 1 GiB; with less than 16 MiB, it is 128 KiB of the memory
 * below 640 KiB, which PC firmware leaves alone.
 */
#include "layout.h"

    cld
    mov $uc_fault_stack_end, %esp

    /* edx = end of the memory below 4 GiB, as the start info's map has it */
    xor %edx, %edx
    cmpl $START_INFO_MAGIC, (%ebx)
    jne 3f
    mov %ebx, uc_boot_info
    mov 40(%ebx), %esi
    mov 48(%ebx), %ecx
    jecxz 3f
1:  cmpl $1, 16(%esi) /* memory, not reserved */
    jne 2f
    cmpl $0, 4(%esi)
    jne 2f
    mov (%esi), %eax
    add 8(%esi), %eax
    cmp %edx, %eax
    jb 2f
    mov %eax, %edx
2:  add $24, %esi
    loop 1b
3:

    /* the image: constants, code, data; ebx is the upper half of an entry */
    mov $uc_pt + IMAGE_START / 512, %edi
    mov $IMAGE_START + PAGE_PRESENT, %eax
    mov $PAGE_NX_HIGH, %ebx
    mov $uc_text_page, %ebp
    call fill
    xor %ebx, %ebx
    mov $uc_data_page, %ebp
    call fill
    mov $PAGE_NX_HIGH, %ebx
    or $PAGE_WRITE, %al
    mov $uc_image_end, %ebp
    call fill

    movl $uc_pdpt + PAGE_TABLE, uc_pml4
    movl $uc_pd + PAGE_TABLE, uc_pdpt
    mov $uc_pt + PAGE_TABLE, %eax
    mov $uc_pd, %edi
    mov $uc_pt_count, %ecx
1:  mov %eax, (%edi)
    add $8, %edi
    add $4096, %eax
    loop 1b

    /* faults: a gate for each vector, all with the stack of uc_tss */
    mov $uc_trap, %eax
    mov $uc_idt, %edi
    mov $VECTORS, %ecx
1:  mov %eax, %ebp
    mov %ax, (%edi)
    movw $8, 2(%edi)
    mov $0x8e01, %bp
    mov %ebp, 4(%edi)
    add $TRAP_SIZE, %eax
    add $16, %edi
    loop 1b
    movl $uc_fault_stack_end, uc_tss + 36
    lgdt uc_gdt
    lidt uc_idt_pointer
    mov $16, %eax
    ltr %ax /* marks it busy in the GDT: before paging makes that constant */

    /* the stack */
    mov %edx, %ecx
    shr $24, %ecx
    jz 4f
    cmp $STACK_LARGE_PAGES, %ecx
    jb 1f
    mov $STACK_LARGE_PAGES, %ecx
1:  shr $21, %edx
    shl $21, %edx
    mov $uc_pd + 4096, %edi
1:  sub $8, %edi
    sub $LARGE_PAGE, %edx
    lea PAGE_LARGE_DATA(%edx), %eax
    mov %eax, (%edi)
    mov %ebx, 4(%edi)
    loop 1b
    mov $STACK_LARGE_END, %esp
    jmp 5f
4:  mov $uc_pt + STACK_SMALL_START / 512, %edi
    mov $STACK_SMALL_START + PAGE_DATA, %eax
    mov $STACK_SMALL_END, %ebp
    call fill
    mov %ebp, %esp
5:  mov %edx, uc_ram_end

    /* 64-bit mode: no-execute, write protection also for us, SSE */
    mov $uc_pml4, %eax
    mov %eax, %cr3
    mov $0x620, %eax /* PAE, OSFXSR, OSXMMEXCPT */
    mov %eax, %cr4
    mov $0xc0000080, %ecx /* EFER: LME, NXE */
    xor %edx, %edx
    mov $0x900, %eax
    wrmsr
    mov $0x80010033, %eax /* PG, WP, NE, ET, MP, PE */
    mov %eax, %cr0
    ljmp $8, $6f

/* Entries for pages from eax (address and flags) to ebp, at edi on. */
1:  mov %eax, (%edi)
    mov %ebx, 4(%edi)
    add $8, %edi
    add $4096, %eax
fill:
    cmp %ebp, %eax
    jb 1b
    ret

    .code64
6:  mov %esp, %esp /* the upper half was undefined */
    call uc_boot

    .section .rodata.uc_gdt, "a", @progbits
    .balign 8
/* The unused first entry holds what lgdt loads. */
uc_gdt:
    .word 23
    .long uc_gdt
    .word 0
    .quad 0x00af9b000000ffff /* 8: 64-bit code */
    .word 103, uc_tss_0      /* 16: uc_tss; image.lds cuts its address */
    .byte uc_tss_2, 0x89, 0, uc_tss_3

    .section .bss.uc_tss, "aw", @nobits
    .balign 16
    .globl uc_tss, uc_fault_stack_end
uc_idt:
    .skip 16 * VECTORS
uc_tss:
    .skip 104
    .balign 16
    .skip 2048 /* all faults run here: the stack may be what is at fault */
uc_fault_stack_end:
    .globl uc_boot_info, uc_ram_end
uc_boot_info: /* physical address of hvm_start_info, or 0 */
    .long 0
uc_ram_end: /* of the memory from 1 MiB up that nobody has taken */
    .long 0

    .section .rodata.uc_idt_pointer, "a", @progbits
uc_idt_pointer:
    .word 16 * VECTORS - 1
    .long uc_idt

    .section .text.uc_entry, "ax", @progbits
