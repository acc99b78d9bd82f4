/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mem.h: memory inside posix/core and its file systems: pages of the
 * platform's heap, and small objects cut from pages. Independent of the role
 * malloc, which is the program's.
 */
#ifndef UC_MEM_H
#define UC_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UC_PAGE = 4096
};

/* n adjacent pages, NULL if there are none; zeroed if asked. */
char *uc_pages_alloc(size_t n, bool zero);
/* The same, though there may not be as much memory: it will not all be used. */
char *uc_pages_reserve(size_t n, bool zero);
/* Frees pages that are allocated. */
void uc_pages_free(char *p, size_t n);
/* Allocates exactly these pages, zeroed; false if one is in use. */
bool uc_pages_take(char *p, size_t n);
/* True if the whole range lies in the heap and is allocated. */
bool uc_pages_used(const char *p, size_t n);
/* Bytes of the heap, and bytes free in it. */
void uc_pages_total(uint64_t *total, uint64_t *available);

/* A zeroed object, aligned to 16; NULL if memory is short. */
void *uc_kalloc(size_t n);
void *uc_kalloc_raw(size_t n);    /* the same, of any content */
void uc_kfree(void *p, size_t n); /* n as allocated */

#endif
