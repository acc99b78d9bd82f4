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
    uint64_t *t = page ? (uint64_t *)page() : NULL, first;

    if (!t)
        return -ENOMEM;
    tables_begin(); /* again: a page that was closed has been opened here */
    first = entry_small(*e);
    for (uint64_t i = 0; i < 512; i++)
        t[i] = first + entry(i * PAGE, 0) - entry(0, 0);
    first = entry(physical((uintptr_t)t), TABLE);
    *e = 0; /* the processor must not see both */
    cpu_flush_pages();
    *e = first;
    cpu_pages_added();
    return 0;
}

/* Is there a page at v that may change, with an entry if it has to? */
static int prepare(uintptr_t v, uint64_t flags, char *(*page)(void))
{
    uint64_t *e = (uint64_t)v >> TOP_SHIFT ? NULL : large_of(v);

    if (!e || !*e)
        return -ENOMEM;
    if (is_large(v)) {
        int error = (*e & ACCESS) == (flags & ACCESS) ? 0 : split(e, page);
        if (error || is_large(v))
            return error;
    }
    e = page_of(v);
    if (!*e)
        return -ENOMEM;
    return entry_is_code(*e) ? -EACCES : 0;
}

static int protect(uintptr_t start, uintptr_t end, uint64_t flags,
                   char *(*page)(void))
{
    if (CFG_LAZY && uc_lazy_has(start))
        return uc_lazy_protect(start, end, flags);
    for (uintptr_t v = start; v < end; v = after(v)) {
        int error = prepare(v, flags, page);
        if (error)
            return error;
    }
    for (uintptr_t v = start; v < end; v = after(v))
        if (!is_large(v))
            *page_of(v) = (*page_of(v) & ADDRESS) | flags;
    cpu_flush_pages();
    return 0;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    uintptr_t v = (uintptr_t)p, end = v + n;
    int error;

    if (end < v)
        return -ENOMEM;
    tables_begin();
    error = protect(v, end,
                    access == UC_ACCESS_NONE   ? PAGE_NONE
                    : access == UC_ACCESS_READ ? PAGE_CONSTANT
                                               : PAGE_DATA,
                    page);
    tables_end();
    return error;
}
