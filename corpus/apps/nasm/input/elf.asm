global f
extern g
section .text
f: lea rax, [rdi+rsi*4+8]
 call g
 vaddps ymm0, ymm1, ymm2
 ret
section .data
x: dq f, 1.5
