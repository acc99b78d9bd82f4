# SPDX-License-Identifier: BSD-2-Clause
#
# memcpy.s: what is left over at the end is one load that overlaps, done before
# anything is stored; so memmove can use it where the target is the lower one.
# 16 bytes at a time; 8 by the string instruction where its start is worth it.
.global memcpy
.global __memcpy_fwd
.hidden __memcpy_fwd
.type memcpy,@function
memcpy:
__memcpy_fwd:
	mov %rdi,%rax
	sub $16,%rdx
	jb 3f
	movups (%rsi,%rdx),%xmm1
	lea (%rdi,%rdx),%r8
	cmp $512,%rdx
	jae 2f
	sub %rdi,%rsi
	jmp 4f
1:	movups (%rsi,%rdi),%xmm0
	movups %xmm0,(%rdi)
	add $16,%rdi
4:	cmp %r8,%rdi
	jb 1b
	movups %xmm1,(%r8)
	ret
2:	lea 7(%rdx),%rcx
	shr $3,%rcx
	rep
	movsq
	movups %xmm1,(%r8)
	ret
3:	add $8,%edx
	js 3f
	mov (%rsi),%rcx
	mov (%rsi,%rdx),%rsi
	mov %rcx,(%rdi)
	mov %rsi,(%rdi,%rdx)
	ret
3:	add $4,%edx
	js 3f
	mov (%rsi),%ecx
	mov (%rsi,%rdx),%esi
	mov %ecx,(%rdi)
	mov %esi,(%rdi,%rdx)
	ret
3:	add $3,%edx
	js 3f
	mov %edx,%r9d
	shr %r9d
	movzbl (%rsi),%ecx
	movzbl (%rsi,%rdx),%r8d
	movzbl (%rsi,%r9),%esi
	mov %cl,(%rdi)
	mov %sil,(%rdi,%r9)
	mov %r8b,(%rdi,%rdx)
3:	ret
