/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.S: what C cannot say about threads: a return on another stack, an end
 * without a stack, and a system call that a signal can still take back.
 */

/* long uc_clone_call(flags, stack, parent_tid, child_tid, tls) */
    .section .text.uc_clone_call, "ax", @progbits
    .globl uc_clone_call
    .type uc_clone_call, @function
uc_clone_call:
    mov %rcx, %r10
    mov $56, %eax /* clone */
    syscall
    test %rax, %rax
    jnz 1f
    xor %ebp, %ebp
    mov %rsp, %rdi
    call uc_thread_begin
    hlt
1:  ret
    .size uc_clone_call, . - uc_clone_call
