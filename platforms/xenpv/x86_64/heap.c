/* SPDX-License-Identifier: BSD-2-Clause */
/* heap.c: where memory is that comes when it is touched (lazy.c). */
#include <uc/platform.h>

#include "lazy.h"

void uc_plat_heap(char **base, size_t *size)
{
    *base = (char *)STACK_END;
    *size = HEAP_SIZE;
}

char *uc_plat_stack_end(void)
{
    return (char *)STACK_END;
}
