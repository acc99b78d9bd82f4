/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protect.c: what pages may be used for. A page that is closed keeps its
 * address in its entry. A large page becomes 512 small ones when part of it is
 * to differ; it never becomes large again, so what was once closed opens
 * without memory.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "lazy.h"
#include "tables.h"

/* The next address that has an entry of its own. */
static uintptr_t after(uintptr_t v)
{
    uintptr_t size = is_large(v) ? LARGE_PAGE : PAGE;

    return (v | (size - 1)) + 1;
}

static int split(uint64_t *e, char *(*page)(void))
{
    uint64_t *t = page ? (uint64_t *)page() : NULL;
    uint64_t first = *e | PAGE_TABLE; /* the bit that small pages have */

    if (!t)
        return -ENOMEM;
    for (uint64_t i = 0; i < 512; i++)
        t[i] = first + i * PAGE;
    first = physical((uintptr_t)t) | PAGE_DATA;
    *e = 0; /* the processor must not see both */
    cpu_flush_pages();
    *e = first;
    cpu_pages_added();
    return 0;
}

/* Is there a page at v that may change, with an entry if it has to? */
static int prepare(uintptr_t v, uint64_t flags, char *(*page)(void))
{
    if ((uint64_t)v >> TOP_SHIFT || !uc_l1[v >> GIB_SHIFT] ||
        !large_pages[v / LARGE_PAGE])
        return -ENOMEM;
    if (is_large(v)) {
        uint64_t *e = &large_pages[v / LARGE_PAGE];
        int error = (*e & ACCESS) == (flags & ACCESS) ? 0 : split(e, page);
        if (error || is_large(v))
            return error;
    }
    if (!pages[v / PAGE])
        return -ENOMEM;
    return pages[v / PAGE] & PAGE_NX ? 0 : -EACCES;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    uintptr_t v = (uintptr_t)p, end = v + n;
    uint64_t flags = access == UC_ACCESS_NONE ? PAGE_NX : PAGE_DATA;

    if (access == UC_ACCESS_READ)
        flags |= PAGE_READ_ONLY;
    if (end < v)
        return -ENOMEM;
    tables_open();
    if (CFG_LAZY && uc_lazy_has(v))
        return uc_lazy_protect(v, end, flags);
    for (; v < end; v = after(v)) {
        int error = prepare(v, flags, page);
        if (error)
            return error;
    }
    for (v = (uintptr_t)p; v < end; v = after(v))
        if (!is_large(v))
            pages[v / PAGE] = (pages[v / PAGE] & ADDRESS) | flags;
    cpu_flush_pages();
    return 0;
}
