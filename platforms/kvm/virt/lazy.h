/* SPDX-License-Identifier: BSD-2-Clause */
/* lazy.h: a heap whose pages have memory once they are touched (lazy.c). */
#ifndef UC_LAZY_H
#define UC_LAZY_H

#include <stdbool.h>

#include "boot.h"

extern const int CFG_LAZY;

void uc_lazy_heap(char **base, size_t *size);

bool uc_lazy_has(uintptr_t v); /* is v in that heap? */
/* As uc_plat_protect, for flags of entries: 0, -ENOMEM. */
int uc_lazy_protect(uintptr_t v, uintptr_t end, uint64_t flags);

/* False: it is a fault of the program. From trapped.c. */
bool uc_lazy_fault(uintptr_t v, unsigned error);

#endif
