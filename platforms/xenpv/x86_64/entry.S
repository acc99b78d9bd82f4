/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S: from Xen's domain builder to C: in 64-bit mode, what Xen calls the
 * guest's kernel mode, RSI -> start_info, RSP -> the end of all that the builder
 * has placed. uc_boot makes our tables; then the program starts in what Xen
 * calls user mode: only there do faults and events get a stack of their own,
 * and leave alone the 128 bytes below the stack pointer.
 */
#include "layout.h"

/* Type, and a number or text that is 8 bytes with its NUL. */
.macro xen_note type, kind, value:vararg
    .long 4, 8, \type
    .asciz "Xen"
    \kind \value
.endm

    .section .note.Xen, "a", @note
    .balign 4
    xen_note 3, .quad, IMAGE_START   /* VIRT_BASE */
    xen_note 4, .quad, IMAGE_START   /* PADDR_OFFSET: so are segments' addresses */
    xen_note 5, .asciz, "xen-3.0"    /* XEN_VERSION: of this interface */
    xen_note 8, .asciz, "generic"    /* LOADER */

    .section .text.uc_entry, "ax", @progbits
    .globl uc_entry
    .type uc_entry, @function
uc_entry:
    cld
    mov %rsi, %rdi
    mov %rsp, %rsi
    mov $uc_fault_stack_end, %esp
    call uc_boot
    push $XEN_STACK
    push $STACK_END - 8 /* as if it had been called */
    push $2             /* flags: no events */
    push $XEN_CODE
    push $uc_line_start
    push $0
    sub $24, %rsp /* rcx, r11, rax */
    mov $HYPERCALL_IRET, %eax
    syscall
    .size uc_entry, . - uc_entry

    .section .bss.uc_stack, "aw", @nobits
    .balign 16
    .globl uc_fault_stack_end
    .skip 2048
uc_fault_stack_end:
