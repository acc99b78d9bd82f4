/* SPDX-License-Identifier: BSD-2-Clause */
/* lazy.h: memory of pages comes once they are touched (lazy.c). */
#ifndef UC_LAZY_H
#define UC_LAZY_H

#include <stdbool.h>

#include "boot.h"

/* An entry without memory, if not 0: what is to happen when it is touched. */
#define PAGE_CLOSED 1    /* nothing: it is an error */
#define PAGE_WILL_READ 4 /* it may be read only */

bool uc_lazy_has(uintptr_t v); /* is v in the heap? */
/* As uc_plat_protect, for flags of entries, in kernel mode: 0, -ENOMEM. */
int uc_lazy_protect(uintptr_t v, uintptr_t end, uint32_t flags);
/* A table for v, if there is memory; in kernel mode. */
bool uc_lazy_table(uintptr_t v);

/* False: it is a fault of the program. From trapped.c. */
bool uc_lazy_fault(uintptr_t v, unsigned error);

#endif
