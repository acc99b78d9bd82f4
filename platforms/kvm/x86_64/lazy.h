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

bool uc_lazy_has(uint64_t v); /* is v in that heap? */
/* As uc_plat_protect, for flags of entries: 0, -ENOMEM. */
int uc_lazy_protect(uint64_t v, uint64_t end, uint64_t flags);

/* lazy.S: where the processor goes when a page is not there. */
void uc_lazy_trap(void);
/* False: it is a fault of the program. */
bool uc_lazy_fault(uint64_t v, uint64_t error);

#endif
