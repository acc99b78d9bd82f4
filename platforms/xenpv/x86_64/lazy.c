/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.c: pages get memory when they are first touched, zeroed, and give it
 * back when they are freed. Page tables come from the same memory. What is free
 * again is a list through its first words.
 *
 * What a table has can only be read where it is mapped, and no table of free
 * memory is: so each of those made here is seen, read-only, at its place in the
 * mirror: entry n of all of them lies at pages[n].
 */
#include "lazy.h"

#include <uc/platform.h>

enum {
    FAULT_PRESENT = 1, /* in the error code */
    GIBS = 65,
    TABLES = GIBS << (GIB_SHIFT - LARGE_SHIFT), /* of pages */
    OUT_OF_MEMORY = 137,                        /* as a shell shows SIGKILL */
};

/* Machine frames. Touching memory changes the list: the compiler cannot know.
 */
static volatile uint64_t free_list, taken, freed;
/* of tables: of GiB n; of its part of the mirror, and of the mirror's GiB */
static uint64_t gib_tables[GIBS], mirror_tables[GIBS], mirror;
static uint8_t has_table[TABLES / 8];

PLAIN static uint64_t fresh(void)
{
    uint64_t n = uc_frames_used + taken;

    if (n >= INFO->nr_pages)
        return 0;
    taken++;
    return FRAMES[n];
}

/* Memory for the page at v, zeroed: its machine frame, or 0. */
PLAIN static uint64_t back(uint64_t v)
{
    uint64_t old = free_list, frame = old ? old : fresh();
    uint64_t words = PAGE / 8, *p = (uint64_t *)v;

    if (!frame)
        return 0;
    set_page(v, frame << PAGE_SHIFT | PAGE_DATA);
    if (old) {
        free_list = *p;
        freed--;
    }
    __asm__ volatile("rep stosq" : "+D"(p), "+c"(words) : "a"(0) : "memory");
    return frame;
}

/* ---- tables ---- */

/* Entry n of a table becomes a new one: its machine frame, 0: no memory. */
PLAIN static uint64_t new_table(uint64_t table, uint64_t n)
{
    uint64_t frame = back(WINDOW_PAGE);

    if (frame) {
        set_page(WINDOW_PAGE, 0);
        set_entry(table, n, frame << PAGE_SHIFT | PAGE_TABLE);
    }
    return frame;
}

PLAIN bool uc_lazy_has_table(uint64_t v)
{
    uint64_t n = v >> LARGE_SHIFT;

    return has_table[n / 8] >> n % 8 & 1;
}

PLAIN bool uc_lazy_make_table(uint64_t v)
{
    uint64_t gib = v >> GIB_SHIFT, n = v >> LARGE_SHIFT, frame;

    if (!mirror)
        mirror = new_table(uc_top, MIRROR_GIB);
    if (!gib_tables[gib])
        gib_tables[gib] = gib ? new_table(uc_top, gib) : uc_low;
    if (mirror && !mirror_tables[gib])
        mirror_tables[gib] = new_table(mirror, gib);
    if (!gib_tables[gib] || !mirror_tables[gib])
        return false;
    frame = new_table(gib_tables[gib], n % 512);
    if (!frame)
        return false;
    set_entry(mirror_tables[gib], n % 512, frame << PAGE_SHIFT | PAGE_CONSTANT);
    has_table[n / 8] |= (uint8_t)(1 << n % 8);
    return true;
}

/* ---- touching ---- */

PLAIN bool uc_lazy_fault(uint64_t error)
{
    uint64_t v = uc_xen_shared()->vcpu_info[0].arch.cr2, was, frame;

    if (!is_lazy(v) || error & FAULT_PRESENT)
        return false;
    if (uc_lazy_has_table(v) || uc_lazy_make_table(v)) {
        was = pages[v >> PAGE_SHIFT];
        if (was & ~(uint64_t)PAGE_READ_ONLY)
            return false;
        frame = back(v & -(uint64_t)PAGE);
        if (frame && was) /* written to, with what it could */
            set_page(v, frame << PAGE_SHIFT | PAGE_CONSTANT);
        if (frame)
            return true;
    }
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

static uint64_t all(void)
{
    return (INFO->nr_pages - uc_frames_used) << PAGE_SHIFT;
}

uint64_t uc_lazy_left(void)
{
    return all() - ((taken - freed) << PAGE_SHIFT);
}

void uc_plat_memory(uint64_t *total, uint64_t *left)
{
    *total = all();
    *left = uc_lazy_left();
}

bool uc_plat_has_memory(const char *p)
{
    uint64_t v = (uint64_t)p;

    return uc_lazy_has_table(v) && pages[v >> PAGE_SHIFT] & ADDRESS;
}

void uc_plat_release(char *p, size_t n)
{
    uint64_t v = (uint64_t)p, end = v + n;

    for (; v < end; v += PAGE) {
        if (!uc_lazy_has_table(v))
            continue;
        uint64_t was = pages[v >> PAGE_SHIFT], frame = was & ADDRESS;
        if (frame) {
            if ((was & PAGE_DATA) != PAGE_DATA)
                set_page(v, frame | PAGE_DATA);
            *(uint64_t *)v = free_list;
            free_list = frame >> PAGE_SHIFT;
            freed++;
        }
        if (was)
            set_page(v, 0);
    }
}
