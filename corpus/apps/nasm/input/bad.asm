mov ax
 foo bar
 mov al, 1000
 jmp nosuch
