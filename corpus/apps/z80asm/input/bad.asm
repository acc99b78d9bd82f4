 ld a, nosuch
 foo b
 jr 5000
