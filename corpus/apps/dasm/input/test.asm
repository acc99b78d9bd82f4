        processor 6502
        org $f000
COUNT   = 5
        mac ADD16
        clc
        lda {1}
        adc #{2}
        sta {1}
        endm
start:  sei
        ldx #COUNT
.loop   dex
        bne .loop
        ADD16 $80, 3
        jmp start
        repeat 3
        nop
        repend
text    dc.b "hello",0
        dc.w start,text
        org $fffc
        .word start
        .word start
