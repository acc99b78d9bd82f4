* = $1000
#define COUNT 10
#ifdef COUNT
start lda #COUNT
#endif
.(
loop dex
 bne loop
.)
 jsr sub
 rts
sub .byte 1,2,3,"text",0
 .word start, sub
 .dsb 4, $ea
