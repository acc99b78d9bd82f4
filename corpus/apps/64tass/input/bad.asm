*=$1000
 lda nosuch
 foo #1
 bne far
far = $5000
