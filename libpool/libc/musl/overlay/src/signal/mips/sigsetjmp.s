# SPDX-License-Identifier: BSD-2-Clause
# sigsetjmp.s: as musl's, for code that is not position independent. The
# return address and $16 wait in the buffer's __fl and __ss[4].
    .set noreorder
    .text
    .global sigsetjmp
    .global __sigsetjmp
    .type sigsetjmp, @function
    .type __sigsetjmp, @function
sigsetjmp:
__sigsetjmp:
    bnez $5, 1f
    nop
    j setjmp
    nop
1:  sw $31, 104($4)
    sw $16, 124($4)
    jal setjmp
    move $16, $4
    move $5, $2 # here again after siglongjmp, which has set $16 too
    move $4, $16
    lw $31, 104($4)
    j __sigsetjmp_tail
    lw $16, 124($4)
    .size sigsetjmp, . - sigsetjmp
