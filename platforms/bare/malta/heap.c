/* SPDX-License-Identifier: BSD-2-Clause */
/* heap.c: where the heap and the stack are seen. */
#include <uc/platform.h>

#include "lazy.h"

void uc_plat_heap(char **base, size_t *size)
{
    *base = (char *)HEAP_START;
    *size = HEAP_SIZE;
}

char *uc_plat_stack_end(void)
{
    return (char *)STACK_END;
}
