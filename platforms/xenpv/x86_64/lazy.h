/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.h: pages that have memory once they are touched (lazy.c): the stack's
 * and, right above it, the heap's.
 */
#ifndef UC_LAZY_H
#define UC_LAZY_H

#include <stdbool.h>

#include "tables.h"

#define HEAP_SIZE ((uint64_t)64 << GIB_SHIFT)

/* Flags of an entry without memory: what is to happen when it is touched. */
#define PAGE_CLOSED 0x200    /* nothing: it is an error */
#define PAGE_READ_ONLY 0x400 /* it may be read only */

/* Entry n is that of page n, to be read, where there is a table for it. */
#define MIRROR_GIB ((uint64_t)127)
static const uint64_t *const pages =
    (const uint64_t *)(MIRROR_GIB << GIB_SHIFT);

/* The stack is an eighth of memory, up to 8 MiB. */
static inline bool is_lazy(uint64_t v)
{
    uint64_t stack = INFO->nr_pages * (PAGE / 8);

    if (stack > STACK_MOST)
        stack = STACK_MOST;
    return v - (STACK_END - stack) < stack + HEAP_SIZE;
}

bool uc_lazy_has_table(uint64_t v);
bool uc_lazy_make_table(uint64_t v); /* false: no memory for it */

/* False: it is a fault of the program. */
bool uc_lazy_fault(uint64_t error);

/* Memory that nobody has: bytes. */
uint64_t uc_lazy_left(void);

#endif
