; a copy loop
 org 0x100
count: equ 16
start: ld hl, source
 ld de, 0x8000
 ld b, count
loop: ld a, (hl)
 ld (de), a
 inc hl
 inc de
 djnz loop
 call z, sub
 jp start
sub: bit 3, (ix+5)
 set 7, b
 ret
source: defb "hello", 0, 1+2*3
 defw start, $
 defs 4
 if count > 10
 nop
 else
 halt
 endif
