# SPDX-License-Identifier: BSD-2-Clause
#
# strchrnul.s: 16 bytes at a time, aligned, as in strlen.s: the first that is the
# byte, or the end.
.global __strchrnul
.weak strchrnul
.type __strchrnul,@function
.type strchrnul,@function
__strchrnul:
strchrnul:
	pxor %xmm2,%xmm2
	movd %esi,%xmm1
	punpcklbw %xmm1,%xmm1
	pshuflw $0,%xmm1,%xmm1
	punpcklqdq %xmm1,%xmm1
	mov %edi,%ecx
	and $15,%ecx
	mov %rdi,%rax
	and $-16,%rax
	movdqa (%rax),%xmm0
	movdqa %xmm0,%xmm3
	pcmpeqb %xmm1,%xmm0
	pcmpeqb %xmm2,%xmm3
	por %xmm3,%xmm0
	pmovmskb %xmm0,%edx
	shr %cl,%edx
	shl %cl,%edx
	jmp 2f
1:	add $16,%rax
	movdqa (%rax),%xmm0
	movdqa %xmm0,%xmm3
	pcmpeqb %xmm1,%xmm0
	pcmpeqb %xmm2,%xmm3
	por %xmm3,%xmm0
	pmovmskb %xmm0,%edx
2:	test %edx,%edx
	jz 1b
	bsf %edx,%edx
	add %rdx,%rax
	ret
