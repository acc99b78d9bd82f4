* = $1000
 lda nosuch
 bne $5000
 !byte 300
 foo bar
