bits 16
org 0x7c00
%define COUNT 10
%macro put 1-*
%rep %0
 mov al, %1
 int 0x10
%rotate 1
%endrep
%endmacro
start: mov cx, COUNT
.loop: put "a", "b"
 loop .loop
 jmp start
%if COUNT > 5
%warning big
%endif
times 510-($-$$) db 0
dw 0xaa55
