/* SPDX-License-Identifier: BSD-2-Clause */
/* lazy.h: a heap whose pages have memory once they are touched (lazy.c). */
#ifndef UC_LAZY_H
#define UC_LAZY_H

#include <stdbool.h>

#include "boot.h"

extern const int CFG_LAZY;

/* Flags of an entry without memory: what is to happen when it is touched. */
#define PAGE_CLOSED 0x200    /* nothing: it is an error */
#define PAGE_READ_ONLY 0x400 /* it may be read only */

void uc_lazy_heap(char **base, size_t *size);

/* Is v in that heap? Then there are tables for it, if there is memory. */
bool uc_lazy_tables(uint64_t v);

/* lazy.S: where the processor goes when a page is not there. */
void uc_lazy_trap(void);
/* False: it is a fault of the program. */
bool uc_lazy_fault(uint64_t v, uint64_t error);

#endif
