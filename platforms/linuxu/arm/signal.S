/* SPDX-License-Identifier: BSD-2-Clause */
/* signal.S: the handler of the tick, and where handlers return to. */
    .syntax unified
    .arm
    .section .text.uc_signal_tick, "ax", %progbits
    .globl uc_signal_tick
    .p2align 2
    .type uc_signal_tick, %function
uc_signal_tick:
    b uc_sched_tick
    .size uc_signal_tick, . - uc_signal_tick

    .section .text.uc_signal_return, "ax", %progbits
    .globl uc_signal_return
    .p2align 2
    .type uc_signal_return, %function
uc_signal_return:
    mov r7, #173 /* rt_sigreturn */
    svc 0
    .size uc_signal_return, . - uc_signal_return
