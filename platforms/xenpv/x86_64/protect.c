/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * protect.c: what pages may be used for: those that get memory when they are
 * touched, and the image's constants and data. A page that is closed keeps its
 * memory.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "lazy.h"

/* The entry of a page of memory, or of none, that is to have these flags. */
static uint64_t entry_of(uint64_t v, uint64_t memory, uint64_t flags)
{
    if (memory && !(flags & PAGE_PRESENT))
        CLOSED[v >> PAGE_SHIFT] =
            CFG_SUSPEND ? frame_number(memory >> PAGE_SHIFT) : memory;
    if (!(flags & PAGE_PRESENT))
        return memory ? PAGE_CLOSED | PAGE_KEPT : PAGE_CLOSED;
    if (!memory)
        return flags & PAGE_WRITE ? 0 : PAGE_READ_ONLY;
    return memory | flags;
}

/* Is there memory to note what is closed, and for the tables of that? */
static bool can_close(uint64_t n)
{
    uint64_t total, left;

    uc_plat_memory(&total, &left);
    return left / PAGE > n / 512 + 8;
}

static int protect_lazy(uint64_t v, uint64_t end, uint64_t flags)
{
    bool open = flags == PAGE_DATA;
    struct batch b;
    int error = 0;

    if (!(flags & PAGE_PRESENT) && !can_close((end - v) / PAGE))
        return -ENOMEM;
    b.n = 0;
    for (; v < end && !error; v += PAGE) {
        bool has = uc_lazy_has_table(v);
        if (!has && open) { /* what is not there is open */
            v |= LARGE_PAGE - PAGE;
        } else if (has || uc_lazy_make_table(v)) {
            uint64_t entry = entry_of(v, uc_lazy_memory(v), flags);
            if (pages[v >> PAGE_SHIFT] != entry)
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
    for (; v < end; v += PAGE) {
        uint64_t frame = FRAMES[(v - IMAGE_START) >> PAGE_SHIFT];
        set_page(v, flags & PAGE_PRESENT ? frame << PAGE_SHIFT | flags : 0);
    }
    return 0;
}

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    uint64_t v = (uint64_t)p, end = v + n;
    uint64_t flags = access == UC_ACCESS_NONE   ? 0
                     : access == UC_ACCESS_READ ? PAGE_CONSTANT
                                                : PAGE_DATA;

    (void)page; /* tables have memory of their own */
    if (end < v)
        return -ENOMEM;
    if (is_lazy(v) && is_lazy(end - 1))
        return protect_lazy(v, end, flags);
    return protect_image(v, end, flags);
}
