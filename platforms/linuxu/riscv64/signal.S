/* SPDX-License-Identifier: BSD-2-Clause */
/* signal.S: the handler of the tick, and where handlers return to. */
    .section .text.uc_signal_tick, "ax", @progbits
    .globl uc_signal_tick
    .type uc_signal_tick, @function
uc_signal_tick:
    tail uc_sched_tick
    .size uc_signal_tick, . - uc_signal_tick

    .section .text.uc_signal_return, "ax", @progbits
    .globl uc_signal_return
    .type uc_signal_return, @function
uc_signal_return:
    li a7, 139 /* rt_sigreturn */
    ecall
    .size uc_signal_return, . - uc_signal_return
