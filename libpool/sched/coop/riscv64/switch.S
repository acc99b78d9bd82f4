/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S: void uc_switch(void **save, void *to). What a call may not change
 * is kept on the stack, modes of floating point included; sched.c makes such
 * a frame for a thread that has not run yet, with itself in s1.
 */
    .section .text.uc_switch, "ax", @progbits
    .globl uc_switch, uc_switch_begin
    .type uc_switch, @function
uc_switch:
    addi sp, sp, -208
    frcsr t0
    sd t0, 0(sp)
    sd ra, 8(sp)
    sd s0, 16(sp)
    sd s1, 24(sp)
    sd s2, 32(sp)
    sd s3, 40(sp)
    sd s4, 48(sp)
    sd s5, 56(sp)
    sd s6, 64(sp)
    sd s7, 72(sp)
    sd s8, 80(sp)
    sd s9, 88(sp)
    sd s10, 96(sp)
    sd s11, 104(sp)
    fsd fs0, 112(sp)
    fsd fs1, 120(sp)
    fsd fs2, 128(sp)
    fsd fs3, 136(sp)
    fsd fs4, 144(sp)
    fsd fs5, 152(sp)
    fsd fs6, 160(sp)
    fsd fs7, 168(sp)
    fsd fs8, 176(sp)
    fsd fs9, 184(sp)
    fsd fs10, 192(sp)
    fsd fs11, 200(sp)
    sd sp, 0(a0)
    mv sp, a1
    ld t0, 0(sp)
    fscsr t0
    ld ra, 8(sp)
    ld s0, 16(sp)
    ld s1, 24(sp)
    ld s2, 32(sp)
    ld s3, 40(sp)
    ld s4, 48(sp)
    ld s5, 56(sp)
    ld s6, 64(sp)
    ld s7, 72(sp)
    ld s8, 80(sp)
    ld s9, 88(sp)
    ld s10, 96(sp)
    ld s11, 104(sp)
    fld fs0, 112(sp)
    fld fs1, 120(sp)
    fld fs2, 128(sp)
    fld fs3, 136(sp)
    fld fs4, 144(sp)
    fld fs5, 152(sp)
    fld fs6, 160(sp)
    fld fs7, 168(sp)
    fld fs8, 176(sp)
    fld fs9, 184(sp)
    fld fs10, 192(sp)
    fld fs11, 200(sp)
    addi sp, sp, 208
    ret
uc_switch_begin:
    mv a0, s1
    call uc_switch_begun /* with the stack aligned as for any call */
    .size uc_switch, . - uc_switch
