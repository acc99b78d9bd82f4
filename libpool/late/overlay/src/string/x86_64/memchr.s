# SPDX-License-Identifier: BSD-2-Clause
#
# memchr.s: 16 bytes at a time, aligned, as in strlen.s; rdx is what is left from
# the 16 on that are looked at.
.global memchr
.type memchr,@function
memchr:
	test %rdx,%rdx
	jz 3f
	movd %esi,%xmm1
	punpcklbw %xmm1,%xmm1
	pshuflw $0,%xmm1,%xmm1
	punpcklqdq %xmm1,%xmm1
	mov %edi,%ecx
	and $15,%ecx
	and $-16,%rdi
	movdqa (%rdi),%xmm0
	pcmpeqb %xmm1,%xmm0
	pmovmskb %xmm0,%eax
	shr %cl,%eax
	shl %cl,%eax
	add %rcx,%rdx
	jnc 2f
	mov $-1,%rdx
	jmp 2f
1:	sub $16,%rdx
	jbe 3f
	add $16,%rdi
	movdqa (%rdi),%xmm0
	pcmpeqb %xmm1,%xmm0
	pmovmskb %xmm0,%eax
2:	test %eax,%eax
	jz 1b
	bsf %eax,%eax
	cmp %rdx,%rax
	jae 3f
	add %rdi,%rax
	ret
3:	xor %eax,%eax
	ret
