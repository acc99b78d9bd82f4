/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protect.c: what pages may be used for: those that get memory when they are
 * touched, and the image's constants and data. A page that is closed keeps its
 * frame in its entry.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "lazy.h"

static int protect_lazy(uint64_t v, uint64_t end, uint64_t flags)
{
    uint64_t empty = !(flags & PAGE_PRESENT) ? PAGE_CLOSED
                     : !(flags & PAGE_WRITE) ? PAGE_READ_ONLY
                                             : 0;
    struct batch b = {0};
    int error = 0;

    for (; v < end && !error; v += PAGE) {
        bool has = uc_lazy_has_table(v);
        if (!has && !empty) { /* what is not there is open */
            v |= LARGE_PAGE - PAGE;
        } else if (has || uc_lazy_make_table(v)) {
            uint64_t was = pages[v >> PAGE_SHIFT], frame = was & ADDRESS;
            uint64_t entry = frame ? frame | flags : empty;
            if (was != entry)
                batch_put(&b, v, entry);
        } else {
            error = -ENOMEM;
        }
    }
    batch_end(&b);
    uc_lazy_flush();
    return error;
}

static int protect_image(uint64_t v, uint64_t end, uint64_t flags)
{
    if (v < IMAGE_START || end > (uint64_t)uc_image_end)
        return -ENOMEM;
    if (v < (uint64_t)uc_data_page && end > (uint64_t)uc_text_page)
        return -EACCES;
    for (; v < end; v += PAGE)
        set_page(v,
                 FRAMES[(v - IMAGE_START) >> PAGE_SHIFT] << PAGE_SHIFT | flags);
    return 0;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    uint64_t v = (uint64_t)p, end = v + n;
    uint64_t flags = access == UC_ACCESS_NONE   ? PAGE_NX | PAGE_USER
                     : access == UC_ACCESS_READ ? PAGE_CONSTANT
                                                : PAGE_DATA;

    (void)page; /* tables have memory of their own */
    if (end < v)
        return -ENOMEM;
    if (is_lazy(v) && is_lazy(end - 1))
        return protect_lazy(v, end, flags);
    return protect_image(v, end, flags);
}
