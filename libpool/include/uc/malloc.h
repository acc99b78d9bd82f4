/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * malloc.h: the contract of role malloc. Blocks are aligned to 16; malloc(0)
 * gives a block of its own; a failure returns NULL and sets errno to ENOMEM
 * (uc_enomem, which libc provides). memalign takes any power of two.
 */
#ifndef UC_MALLOC_H
#define UC_MALLOC_H

#include <stddef.h>

void *malloc(size_t n);
void free(void *p);
void *calloc(size_t n, size_t size);
void *realloc(void *p, size_t n);
void *memalign(size_t align, size_t n);
void *aligned_alloc(size_t align, size_t n);
size_t malloc_usable_size(void *p);

#endif
