# SPDX-License-Identifier: BSD-2-Clause
#
# memcmp.s: 16 bytes at a time, the last of them again; of fewer than 16, eight,
# as one number each, then byte by byte.
.global memcmp
.type memcmp,@function
memcmp:
	sub $16,%rdx
	jb 3f
	xor %ecx,%ecx
	jmp 2f
1:	add $16,%rcx
	cmp %rdx,%rcx
	cmova %rdx,%rcx
2:	movups (%rdi,%rcx),%xmm0
	movups (%rsi,%rcx),%xmm1
	pcmpeqb %xmm1,%xmm0
	pmovmskb %xmm0,%eax
	xor $0xffff,%eax
	jnz 4f
	cmp %rdx,%rcx
	jb 1b
	ret
4:	bsf %eax,%eax
	add %rax,%rcx
5:	movzbl (%rdi,%rcx),%eax
	movzbl (%rsi,%rcx),%ecx
	sub %ecx,%eax
	ret
3:	xor %eax,%eax
	xor %ecx,%ecx
	add $16,%edx
	jz 6f
	cmp $8,%edx
	jb 7f
	mov (%rdi),%r8
	xor (%rsi),%r8
	jnz 8f
	mov $8,%ecx
	cmp %edx,%ecx
	je 6f
7:	movzbl (%rsi,%rcx),%r8d
	cmp %r8b,(%rdi,%rcx)
	jne 5b
	inc %ecx
	cmp %edx,%ecx
	jb 7b
6:	ret
8:	bsf %r8,%rcx
	shr $3,%ecx
	jmp 5b
