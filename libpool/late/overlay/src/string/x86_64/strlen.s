# SPDX-License-Identifier: BSD-2-Clause
#
# strlen.s: 16 bytes at a time, aligned, so that nothing is read of a page in
# which the string has no byte. xmm0 is zero again after each that has no end.
.global strlen
.type strlen,@function
strlen:
	pxor %xmm0,%xmm0
	mov %edi,%ecx
	mov %rdi,%rax
	and $-16,%rax
	pcmpeqb (%rax),%xmm0
	pmovmskb %xmm0,%edx
	and $15,%ecx
	shr %cl,%edx
	test %edx,%edx
	jz 2f
	bsf %edx,%eax
	ret
2:	pxor %xmm0,%xmm0
1:	add $16,%rax
	pcmpeqb (%rax),%xmm0
	pmovmskb %xmm0,%edx
	test %edx,%edx
	jz 1b
	bsf %edx,%edx
	add %rdx,%rax
	sub %rdi,%rax
	ret
