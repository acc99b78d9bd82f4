        .cpu "6502"
*       = $1000
add     .macro a, b
        lda \a
        clc
        adc \b
        .endm
start   ldx #0
        #add $20, $21
-       inx
        bne -
        rts
t       .text "text", 0
        .for i = 0, i < 4, i += 1
        .byte i * i
        .next
        .word start, t
x       .struct
a       .byte ?
b       .word ?
        .ends
