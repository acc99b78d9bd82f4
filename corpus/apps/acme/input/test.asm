!cpu 6502
* = $0801
!macro inc16 .a { inc .a
 bne + 
 inc .a+1
+ }
start   lda #<text
        ldy #>text
        +inc16 $fb
.loop   dex
        bne .loop
        rts
text    !pet "hello", 13, 0
        !for i, 1, 4 { !byte i * i }
        !if start > $800 { !text "high" } else { !text "low" }
