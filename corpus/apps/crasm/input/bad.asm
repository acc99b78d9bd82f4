cpu 6502
* = $10
 lda nosuch
 xyz #1
 bne far
