/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S: exceptions, on the stack of their mode: a struct trap, and the
 * vector registers that C may change, for uc_trapped(). If that returns, the
 * program goes on as the struct says.
 */
#include "registers.h"

    .syntax unified
    .arm
    .fpu vfpv3-d16

    .section .text.uc_vectors, "ax", %progbits
    .balign 32
    .globl uc_vectors
    .type uc_vectors, %function
uc_vectors:
    b . /* reset */
    b undefined
    b call
    b prefetch
    b data
    b . /* not used */
    b interrupt
    b . /* fast interrupts are masked */

    /* `back` is how far lr is behind the instruction */
    .macro trap kind, back
    sub lr, lr, #\back
    sub sp, sp, #72
    stm sp, {r0-r12, sp, lr}^
    mov r2, #\kind
    b common
    .endm

undefined:
    trap KIND_UNDEFINED, 4
call:
    trap KIND_CALL, 4
prefetch:
    trap KIND_PREFETCH, 4
data:
    trap KIND_DATA, 8
interrupt:
    trap KIND_INTERRUPT, 4

common:
    mrs r1, spsr
    str r1, [sp, #64]
    tst r1, #0x20 /* Thumb: such an instruction has two bytes */
    beq 1f
    cmp r2, #KIND_CALL
    addls lr, lr, #2
1:  str lr, [sp, #60]
    str r2, [sp, #68]
    mov r0, sp
    sub r1, r2, #KIND_INTERRUPT
    clz r1, r1
    lsr r1, r1, #5 /* 1 if it is one */
    vpush {d0-d7}
    vmrs r2, fpscr
    push {r2, r3}
    bl uc_trapped
    pop {r2, r3}
    vmsr fpscr, r2
    vpop {d0-d7}
    ldr r1, [sp, #64]
    msr spsr_cxsf, r1
    ldr lr, [sp, #60]
    ldm sp, {r0-r12, sp, lr}^
    nop
    add sp, sp, #72
    movs pc, lr
    .size uc_vectors, . - uc_vectors
