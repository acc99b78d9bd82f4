/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from a boot loader to C, by Multiboot 1 or 2: 32-bit protected mode
 * without paging, flat segments, EAX the loader's magic number, EBX what it
 * tells. That becomes what PVH would have told (boot.h); the rest is kvm's.
 *
 * Both headers give addresses: QEMU loads 64-bit ELF files only so. The loader
 * then takes the file for one piece and clears the memory behind it. Code and
 * data go up by whole pages from there, so that no page has two kinds of
 * access (image.lds).
 *
 * Loaders leave what they tell where they like, also where the stack or the
 * heap will be: it is copied, the command line to memory that the heap gets
 * when that has been read. Of memory below 4 GiB, what is not adjacent to the
 * image is marked as apart: the stack is not taken from there.
 */
#include "layout.h"
#include "multiboot.h"

    .section .rodata.uc_multiboot, "a", @progbits
    .balign 8
header_2:
    .long HEADER_2_MAGIC, 0, header_2_end - header_2
    .long -(HEADER_2_MAGIC + (header_2_end - header_2))
    .word HEADER_2_ADDRESSES, 0
    .long 24, header_2, uc_image_start, uc_flat_end, uc_image_end
    .word HEADER_2_ENTRY, 0
    .long 12, uc_entry
    .balign 8
    .word HEADER_2_LAST, 0
    .long 8
header_2_end:
header_1:
    .long HEADER_1_MAGIC, HEADER_1_FLAGS, -(HEADER_1_MAGIC + HEADER_1_FLAGS)
    .long header_1, uc_image_start, uc_flat_end, uc_image_end, uc_entry

    .code32
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
    std
    mov $uc_flat_end - 1, %esi
    mov $uc_data_end - 1, %edi
    mov $uc_data_end, %ecx
    sub $uc_data_start, %ecx
    rep movsb
    mov $uc_flat_text_end - 1, %esi
    mov $uc_text_end - 1, %edi
    mov $uc_text_end, %ecx
    sub $uc_text_start, %ecx
    rep movsb
    cld
    mov $moved, %ecx
    jmp *%ecx
    .size uc_entry, . - uc_entry

    .section .bss.uc_boot, "aw", @nobits
    .balign 8
start_info:
    .skip START_INFO_SIZE
memory_map:
    .skip MAP_ENTRY_SIZE * MAP_MOST
memory_map_end:
rsdp:
    .skip RSDP_SIZE
    .globl uc_has_screen
uc_has_screen: /* the firmware has one, in text mode */
    .byte 0

    .section .text.uc_entry, "ax", @progbits
    .type moved, @function
/*
 * ebx: what the loader tells, ebp: the command line, edi: where the next entry
 * of the memory map goes.
 */
moved:
    mov $uc_fault_stack_end, %esp
    mov $memory_map, %edi
    xor %ebp, %ebp
    cmp $LOADER_1_MAGIC, %eax
    je one
    mov $not_multiboot, %esi
    cmp $LOADER_2_MAGIC, %eax
    jne stop

    /* Multiboot 2: tags */
    mov (%ebx), %edx
    add %ebx, %edx
    add $8, %ebx
1:  cmp %edx, %ebx
    jae known
    mov (%ebx), %eax
    mov 4(%ebx), %ecx
    test %eax, %eax
    jz known
    cmp $TAG_COMMAND_LINE, %eax
    jne 2f
    lea 8(%ebx), %ebp
2:  cmp $TAG_MEMORY_MAP, %eax
    jne 4f
    lea 16(%ebx), %esi
3:  lea (%ebx, %ecx), %eax
    cmp %eax, %esi
    jae 5f
    push %ecx
    push %esi
    call add_memory
    pop %esi
    pop %ecx
    add 8(%ebx), %esi /* the size of an entry */
    jmp 3b
4:  and $~1, %eax
    cmp $TAG_RSDP, %eax /* or the later one, whose number is one more */
    jne 5f
    push %edi
    push %ecx
    lea 8(%ebx), %esi
    mov $rsdp, %edi
    mov %edi, start_info + INFO_RSDP
    mov $RSDP_SIZE, %ecx
    rep movsb
    pop %ecx
    pop %edi
5:  lea 7(%ebx, %ecx), %ebx
    and $~7, %ebx
    jmp 1b

    /* Multiboot 1: a structure. QEMU puts the file's name before the line. */
one:
    testb $HAS_COMMAND_LINE, (%ebx)
    jz 2f
    mov 16(%ebx), %ebp
    testb $HAS_LOADER_NAME >> 8, 1(%ebx)
    jz 2f
    mov 64(%ebx), %eax
    cmpl $QEMU, (%eax)
    jne 2f
1:  mov (%ebp), %al
    test %al, %al
    jz 2f
    inc %ebp
    cmp $' ', %al
    jne 1b
2:  testb $HAS_MEMORY_MAP, (%ebx)
    jz known
    mov 48(%ebx), %esi
    mov 44(%ebx), %edx
    add %esi, %edx
3:  cmp %edx, %esi
    jae known
    mov (%esi), %eax
    add $4, %esi
    add %esi, %eax
    push %eax
    call add_memory
    pop %esi
    jmp 3b

known:
    mov %edi, %eax
    sub $memory_map, %eax
    xor %edx, %edx
    mov $MAP_ENTRY_SIZE, %ecx
    div %ecx
    mov $start_info, %ebx
    movl $START_INFO_MAGIC, (%ebx)
    movl $memory_map, INFO_MAP(%ebx)
    mov %eax, INFO_MAP_ENTRIES(%ebx)

    /* is there room for the image, and the stack above it? */
    mov uc_ram_end, %eax
    mov %eax, %ecx
    shr $24, %ecx
    jz 2f
    cmp $STACK_LARGE_PAGES, %ecx
    jb 1f
    mov $STACK_LARGE_PAGES, %ecx
1:  shl $21, %ecx
    and $-LARGE_PAGE, %eax
    sub %ecx, %eax
2:  mov $too_little, %esi
    cmp $uc_image_end, %eax
    jb stop

    /* the command line; source and target may overlap */
    test %ebp, %ebp
    jz 3f
    mov %ebp, %edi
    xor %eax, %eax
    mov $COMMAND_LINE_MOST, %ecx
    repne scasb
    mov $too_long, %esi
    jne stop
    mov %edi, %ecx
    sub %ebp, %ecx
    mov %ebp, %esi
    mov $COMMAND_LINE, %edi
    mov %edi, INFO_COMMAND_LINE(%ebx)
    cmp %edi, %esi
    jae 2f
    lea -1(%esi, %ecx), %esi
    lea -1(%edi, %ecx), %edi
    std
2:  rep movsb
    cld
3:
    call has_screen
    sete uc_has_screen
#include "long_mode.inc"

    .code32
/* Takes the 20 bytes at esi, where both loaders have start, size, type. */
add_memory:
    cmp $memory_map_end, %edi
    jae 1f
    mov $5, %ecx
    rep movsl
    add $4, %edi
    cmpl $1, -8(%edi) /* memory, not reserved */
    jne 1f
    cmpl $0, -20(%edi)
    jne 1f
    mov -24(%edi), %eax
    cmp $IMAGE_START, %eax
    ja 2f
    add -16(%edi), %eax
    cmp $IMAGE_START, %eax
    jbe 1f
    mov %eax, uc_ram_end
1:  ret
2:  movl $MEMORY_APART, -8(%edi)
    ret

/* Equal: the firmware's data say so. */
has_screen:
    cmpb $BIOS_TEXT_80, BIOS_SCREEN_MODE
    jne 1f
    cmpw $SCREEN_COLOUR, BIOS_SCREEN_PORT
1:  ret

/* The message at esi, to the serial line and the screen; then the end. */
stop:
    mov $(line_speed_end - line_speed) / 4, %ecx
    mov $line_speed, %edi
1:  mov (%edi), %dx
    mov 2(%edi), %al
    out %al, %dx
    add $4, %edi
    loop 1b
    call has_screen
    mov $SCREEN, %edi
    je 2f
    xor %edi, %edi
2:  lodsb
    test %al, %al
    jz 5f
    mov %al, %ah
    mov $COM1 + 5, %dx
3:  in %dx, %al
    test $0x20, %al
    jz 3b
    mov %ah, %al
    mov $COM1, %dx
    out %al, %dx
    test %edi, %edi
    jz 2b
    mov $0x07, %ah
    stosw
    jmp 2b
5:  mov $COM1 + 5, %dx
    in %dx, %al
    test $0x40, %al
    jz 5b
    mov $CANNOT_RUN, %al
    out %al, $0xe9
    out %al, $0xf4
6:  cli
    hlt
    jmp 6b
    .size moved, . - moved

    .section .rodata.uc_boot, "a", @progbits
line_speed: /* 115200 Baud, 8 bits, no parity */
    .word COM1 + 3, 0x83, COM1, 1, COM1 + 1, 0, COM1 + 3, 3
line_speed_end:
too_little:
    .asciz "unicore: too little memory for this image\n"
too_long:
    .asciz "unicore: the command line is too long\n"
not_multiboot:
    .asciz "unicore: not started by Multiboot 1 or 2\n"
