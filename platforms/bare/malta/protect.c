/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protect.c: what pages may be used for. A page that is closed keeps its
 * address in its entry.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "lazy.h"
#include "tables.h"

/* Is there a page at v that may change? */
static int check(uintptr_t v)
{
    uint32_t *e = v < KERNEL ? entry_of(v) : NULL;

    if (!e || !*e)
        return -ENOMEM;
    return *e & PAGE_NX ? 0 : -EACCES;
}

static int protect(uintptr_t start, uintptr_t end, uint32_t flags)
{
    if (uc_lazy_has(start))
        return uc_lazy_protect(start, end, flags);
    for (uintptr_t v = start; v < end; v += PAGE) {
        int error = check(v);
        if (error)
            return error;
    }
    for (uintptr_t v = start; v < end; v += PAGE) {
        uint32_t *e = entry_of(v);
        *e = (*e & ADDRESS) | flags;
    }
    cpu_flush_pages();
    return 0;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    uintptr_t v = (uintptr_t)p, end = v + n;
    uint32_t was;
    int error;

    (void)page;
    if (end < v)
        return -ENOMEM;
    was = kernel_begin();
    error = protect(v, end,
                    access == UC_ACCESS_NONE   ? PAGE_NX
                    : access == UC_ACCESS_READ ? PAGE_CONSTANT
                                               : PAGE_DATA);
    kernel_end(was);
    return error;
}
