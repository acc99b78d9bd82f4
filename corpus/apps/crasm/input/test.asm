; a loop for the 6502
cpu 6502
code
count = 10
* = $0800
start   lda #count
        ldx #0
loop    sta table,x
        inx
        cpx #count
        bne loop
        jmp start
table   ds 10
text    asc "hello"
        dw start, loop
        db 1,2,3, >start
