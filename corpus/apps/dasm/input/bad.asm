        processor 6502
        org $f000
 lda nosuch
 foo #1
 bne $1000
