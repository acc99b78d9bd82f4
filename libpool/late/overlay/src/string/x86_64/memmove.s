# SPDX-License-Identifier: BSD-2-Clause
#
# memmove.s: from the end, 16 bytes at a time, where the target lies in the
# source; the first 16 are loaded before anything is stored. memcpy has the rest.
.global memmove
.type memmove,@function
memmove:
	mov %rdi,%rax
	sub %rsi,%rax
	cmp %rdx,%rax
.hidden __memcpy_fwd
	jae __memcpy_fwd
	cmp $16,%rdx
	jb __memcpy_fwd
	mov %rdi,%rax
	movups (%rsi),%xmm1
1:	movups -16(%rsi,%rdx),%xmm0
	movups %xmm0,-16(%rdi,%rdx)
	sub $16,%rdx
	cmp $16,%rdx
	ja 1b
	movups %xmm1,(%rdi)
	ret
