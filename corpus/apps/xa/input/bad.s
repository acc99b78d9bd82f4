* = $1000
 lda nosuch
 foo #1
 bne $9000
