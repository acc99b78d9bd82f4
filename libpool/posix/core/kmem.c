/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmem.c: small objects. Sizes are rounded up to a power of two, from 32
 * bytes to half a page; each size has a list of free objects, filled by
 * cutting up a page, which stays cut. Larger ones are whole pages.
 */
#include <uc/assert.h>
#include <uc/mem.h>

#include "core.h"

enum {
    SMALLEST = 32,
    SIZES = 7
};

struct object {
    struct object *next;
};

static struct object *lists[SIZES]; /* 32, 64, ... 2048 */

static unsigned size_index(size_t n)
{
    size_t more = (n - 1) / SMALLEST;
    return n <= SMALLEST ? 0 : 64 - (unsigned)__builtin_clzll(more);
}

static size_t pages(size_t n)
{
    return (n + UC_PAGE - 1) / UC_PAGE;
}

void *uc_kalloc_raw(size_t n)
{
    unsigned i = size_index(n);
    size_t size = (size_t)SMALLEST << i;
    if (i >= SIZES)
        return uc_pages_alloc(pages(n), false);
    if (!lists[i]) {
        char *page = uc_pages_alloc(1, false);
        if (!page)
            return 0;
        for (size_t at = UC_PAGE; at; at -= size) {
            struct object *o = (struct object *)(page + at - size);
            o->next = lists[i];
            lists[i] = o;
        }
    }
    struct object *o = lists[i];
    lists[i] = o->next;
    return o;
}

void *uc_kalloc(size_t n)
{
    unsigned i = size_index(n);
    if (i >= SIZES)
        return uc_pages_alloc(pages(n), true);
    void *o = uc_kalloc_raw(n);
    return o ? memset(o, 0, (size_t)SMALLEST << i) : 0;
}

void uc_kfree(void *p, size_t n)
{
    unsigned i = size_index(n);
    if (!p)
        return;
    if (i >= SIZES) {
        uc_pages_free(p, pages(n));
        return;
    }
    struct object *o = p;
    if (CFG_CHECK)
        memset(p, 0xdd, (size_t)SMALLEST << i);
    o->next = lists[i];
    lists[i] = o;
}
