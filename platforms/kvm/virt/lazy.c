/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.c: a heap that is larger than memory, for programs with threads: each
 * has a large stack and uses little of it. A page gets memory when it is first
 * touched, zeroed, and gives it back when it is freed. Page tables come from
 * the same memory. What is free again is a list through its first words.
 *
 * Nothing here may use vector registers, as faults do not keep them.
 */
#include "lazy.h"

#include <linux/errno.h>
#include <uc/platform.h>

#include "tables.h"
#include "trap.h"

enum {
    OUT_OF_MEMORY = 137, /* as a shell shows SIGKILL */
};

#if __SIZEOF_POINTER__ == 8
static const uintptr_t heap_start = (uintptr_t)4 << 30;
static const uintptr_t heap_size = (uintptr_t)64 << 30;
#else
static const uintptr_t heap_start = (uintptr_t)2 << 30;
static const uintptr_t heap_size = (uintptr_t)1 << 30;
#endif

/* Memory that was never used: the image's own, then what there is more. */
static struct memory areas[1 + MEMORY_PIECES];
/* Touching memory changes them, which the compiler cannot know. */
static volatile uint64_t free_list, available;
static uint64_t total;

/* ---- memory ---- */

PLAIN static uint64_t fresh(void)
{
    for (unsigned i = 0; i < 1 + MEMORY_PIECES; i++) {
        uint64_t p = areas[i].start;
        if (p < areas[i].end) {
            areas[i].start = p + PAGE;
            return p;
        }
    }
    return 0;
}

/* Gives the page that is seen at v through entry e memory, zeroed. */
PLAIN static bool back(uint64_t *e, uintptr_t v, uint64_t flags)
{
    uint64_t memory = free_list ? free_list : fresh();

    if (!memory)
        return false;
    *e = entry(memory, flags);
    cpu_pages_added();
    uint64_t *p = memory_at(v, memory);
    if (memory == free_list)
        free_list = *p;
    available -= PAGE;
    cpu_clear(p, PAGE);
    return true;
}

/* ---- tables ---- */

PLAIN bool uc_lazy_has(uintptr_t v)
{
    return v - heap_start < heap_size;
}

PLAIN static bool has_tables(uintptr_t v)
{
    uint64_t *large = large_of(v);

    return large && *large;
}

/* Tables for v, if there is memory. */
PLAIN static bool tables_for(uintptr_t v)
{
    uint64_t *gib = &uc_l1[v >> GIB_SHIFT];

    if (!*gib && !back(gib, large_table_seen(v), TABLE))
        return false;
    return *large_of(v) || back(large_of(v), page_table_seen(v), TABLE);
}

/* 1: it has memory now; 0: there is none; -1: it is an error. */
PLAIN static int touch(uintptr_t v)
{
    if (!tables_for(v))
        return 0;
    uint64_t *e = page_of(v), was = *e;
    if (was & ~(uint64_t)PAGE_WILL_READ)
        return -1;
    if (!back(e, v & -(uintptr_t)PAGE, PAGE_DATA))
        return 0;
    if (was) { /* it has been written to, with what it could */
        *e = (*e & ADDRESS) | PAGE_CONSTANT;
        cpu_flush_page(v);
    }
    return 1;
}

PLAIN bool uc_lazy_fault(uintptr_t v, unsigned error)
{
    if (!uc_lazy_has(v) || error & FAULT_PRESENT)
        return false;
    tables_begin();
    int done = touch(v);
    tables_end();
    if (done)
        return done > 0;
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

void uc_lazy_heap(char **base, size_t *size)
{
    if (!total) {
        areas[0] = (struct memory){(uintptr_t)uc_image_end, uc_ram_end};
        uc_memory_more(areas + 1);
        for (unsigned i = 0; i < 1 + MEMORY_PIECES; i++)
            total += areas[i].end - areas[i].start;
        available = total;
    }
    *base = (char *)heap_start;
    *size = heap_size;
}

int uc_lazy_protect(uintptr_t v, uintptr_t end, uint64_t flags)
{
    uint64_t empty = flags == PAGE_NONE       ? PAGE_CLOSED
                     : flags == PAGE_CONSTANT ? PAGE_WILL_READ
                                              : 0;

    while (v < end) {
        uintptr_t to = (v | (LARGE_PAGE - 1)) + 1;
        bool untouched = !has_tables(v);
        if (to > end || !to)
            to = end;
        if (!(untouched && !empty)) { /* what is not there is open */
            if (untouched && !tables_for(v))
                return -ENOMEM;
            for (uint64_t *e = page_of(v); v < to; v += PAGE, e++)
                *e = *e & ADDRESS ? (*e & ADDRESS) | flags : empty;
        }
        v = to;
    }
    cpu_flush_pages();
    return 0;
}

static void release(uint64_t *e, uintptr_t v)
{
    if (*e & ADDRESS) {
        uint64_t memory = entry_address(*e);
        *memory_shown(e, v, memory) = free_list;
        free_list = memory;
        available += PAGE;
    }
    *e = 0;
    cpu_flush_page(v);
}

void uc_plat_release(char *p, size_t n)
{
    uintptr_t v = (uintptr_t)p, end = v + n;

    tables_begin();
    for (; v < end; v += PAGE)
        if (has_tables(v))
            release(page_of(v), v);
    tables_end();
}

bool uc_plat_has_memory(const char *p)
{
    uintptr_t v = (uintptr_t)p;

    tables_begin();
    bool has = has_tables(v) && *page_of(v) & ADDRESS;
    tables_end();
    return has;
}

void uc_plat_memory(uint64_t *all, uint64_t *left)
{
    *all = total;
    *left = available;
}
