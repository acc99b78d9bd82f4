/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protect.c: what the program may do with pages. Free pages are closed when a
 * mapping ends, and opened by pages.c and brk when they are used again; those
 * in use have what mmap and mprotect said, and the table here remembers it.
 */
#include <uc/mem.h>
#include <uc/platform.h>

#include "core.h"
#include "fork.h"

bool uc_protected;

enum {
    OURS = 255 /* a page of the platform's tables */
};
static unsigned char *table; /* of the heap's pages, when uc_protected */

static size_t index_of(const char *p)
{
    return (size_t)(p - uc_heap()->start) / UC_PAGE;
}

static bool in_heap(const char *p, size_t n)
{
    struct heap *h = uc_heap();
    return p >= h->start && p < h->end && n <= (size_t)(h->end - p) / UC_PAGE;
}

static bool table_made(void)
{
    struct heap *h = uc_heap();
    if (!table)
        table = (unsigned char *)uc_pages_reserve(
            index_of(h->end) / UC_PAGE + 1, true);
    return table;
}

static char *page(void)
{
    char *p = uc_pages_alloc(1, false);
    if (p)
        table[index_of(p)] = OURS;
    return p;
}

bool uc_page_is_ours(const char *p)
{
    return table && table[index_of(p)] == OURS;
}

int uc_protection(const char *p)
{
    return table ? table[index_of(p)] : UC_ACCESS_ALL;
}

long uc_protect_again(char *p, size_t n, int access)
{
    long error = uc_plat_protect(p, n * UC_PAGE, access, page);
    if (!error && in_heap(p, n))
        memset(table + index_of(p), access, n);
    return error;
}

long uc_protect(char *p, size_t n, int access)
{
    if (!table_made())
        return -ENOMEM;
    uc_protected = true;
    return uc_protect_again(p, n, access);
}

/* Without memory for the tables the pages stay open, but they are free. */
static void unmap(char *p, size_t n)
{
    bool made = table_made();

    if (CFG_CHILDREN)
        uc_fork_mapped(p, n, false);
    if (CFG_LAZY) /* which opens them */
        uc_pages_free(p, n);
    if (made) {
        uc_protected = true;
        uc_plat_protect(p, n * UC_PAGE, UC_ACCESS_NONE, page);
        memset(table + index_of(p), UC_ACCESS_ALL, n);
    }
    if (!CFG_LAZY)
        uc_pages_free(p, n);
}

void uc_unmap(char *p, size_t n)
{
    if (!CFG_CHILDREN || !uc_fork_is_child()) {
        unmap(p, n);
        return;
    }
    for (; n; n--, p += UC_PAGE)
        if (!uc_fork_keeps(p))
            unmap(p, 1);
}

bool uc_open(char *p, size_t n)
{
    return uc_plat_protect(p, n * UC_PAGE, UC_ACCESS_ALL, 0) == 0;
}
