/* SPDX-License-Identifier: BSD-2-Clause */
/* memory.c: malloc and qsort for the library, from the pool's memory. */
#include "uc_ext2fs.h"

#include <stdint.h>
#include <uc/mem.h>

struct head {
    size_t size, pad; /* keeps what follows aligned to 16 */
};

void *uc_ext2fs_malloc(size_t n)
{
    struct head *h = NULL;

    if (n < SIZE_MAX / 2)
        h = uc_kalloc(sizeof *h + n);
    if (!h)
        return NULL;
    h->size = n;
    return h + 1;
}

void uc_ext2fs_free(void *p)
{
    struct head *h = p;

    if (h)
        uc_kfree(h - 1, sizeof *h + h[-1].size);
}

void *uc_ext2fs_realloc(void *p, size_t n)
{
    void *q = uc_ext2fs_malloc(n);

    if (q && p) {
        size_t old = ((struct head *)p)[-1].size;
        memcpy(q, p, old < n ? old : n);
        uc_ext2fs_free(p);
    }
    return q;
}

static void swap(char *a, char *b, size_t size)
{
    for (; size; size--, a++, b++) {
        char c = *a;
        *a = *b;
        *b = c;
    }
}

/* Heapsort: no recursion, no memory. */
void uc_ext2fs_sort(void *p, size_t n, size_t size,
                    int (*compare)(const void *, const void *))
{
    char *a = p;

    for (size_t i = n / 2, end = n; end > 1;) {
        if (i > 0)
            i--;
        else
            swap(a, a + --end * size, size);
        for (size_t root = i, child; (child = 2 * root + 1) < end;
             root = child) {
            if (child + 1 < end &&
                compare(a + child * size, a + (child + 1) * size) < 0)
                child++;
            if (compare(a + root * size, a + child * size) >= 0)
                break;
            swap(a + root * size, a + child * size, size);
        }
    }
}
