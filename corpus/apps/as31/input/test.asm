.equ count, 10
 .org 0
 ljmp start
 .org 0x100
start: mov r0, #count
loop: inc a
 djnz r0, loop
 mov dptr, #text
 movc a, @a+dptr
 acall sub
 sjmp start
sub: setb p1.0
 cpl c
 ret
text: .db "hello", 13, 0
 .dw start
