/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick.S: an event while threads run. Inside the pool it only leaves a mark.
 * Else the thread goes on in uc_tick_thread, on its own stack below the 128
 * bytes that may be in use there: what it needs to get back is in variables
 * until then, as the next events leave marks. It may get back much later.
 */
#include "layout.h"

    .section .text.uc_tick, "ax", @progbits
    .globl uc_tick
    .type uc_tick, @function
uc_tick: /* rcx, r11, ip, cs, flags, sp, ss */
    push %rax
    movb $0, SHARED_PAGE     /* an event is pending */
    movq $0, SHARED_PAGE + 8 /* in these words */
    mov uc_tick_port, %eax
    lock btr %rax, SHARED_PAGE + SHARED_PENDING
    cmpb $0, uc_in_pool
    jne 1f
    movb $1, uc_in_pool
    mov 24(%rsp), %rax
    mov %rax, ip
    mov 40(%rsp), %rax
    mov %rax, flags
    movq $uc_tick_thread, 24(%rsp)
    subq $128, 48(%rsp)
    jmp 2f
1:  movb $1, uc_put_off
2:  pop %rax
    pop %rcx
    pop %r11
    push $0
    push %rcx
    push %r11
    push %rax
    mov $HYPERCALL_IRET, %eax
    syscall
    .size uc_tick, . - uc_tick

    .type uc_tick_thread, @function
uc_tick_thread:
    push ip
    push flags
    push %rax
#include "preempted.inc"
    popfq
    ret $128
    .size uc_tick_thread, . - uc_tick_thread

    .section .bss.uc_tick, "aw", @nobits
    .balign 8
ip:
    .skip 8
flags:
    .skip 8
