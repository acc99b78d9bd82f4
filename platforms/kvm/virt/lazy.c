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

/* Touching memory changes them, which the compiler cannot know. */
static volatile uint64_t next, free_list, available; /* next: was never used */
static uint64_t total;

/* ---- memory ---- */

PLAIN static uint64_t fresh(void)
{
    if (next == uc_ram_end)
        return 0;
    next += PAGE;
    return next - PAGE;
}

/* Gives the page that is seen at p through entry e memory, zeroed. */
PLAIN static bool back(uint64_t *e, uint64_t *p, uint64_t flags)
{
    uint64_t memory = free_list ? free_list : fresh();

    if (!memory)
        return false;
    *e = memory | flags;
    cpu_pages_added();
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
    return uc_l1[v >> GIB_SHIFT] && large_pages[v / LARGE_PAGE];
}

/* Tables for v, if there is memory. */
PLAIN static bool tables_for(uintptr_t v)
{
    uint64_t *gib = &uc_l1[v >> GIB_SHIFT];
    uint64_t *large = &large_pages[v / LARGE_PAGE];

    if (!*gib && !back(gib, &large_pages[v >> GIB_SHIFT << 9], PAGE_DATA))
        return false;
    return *large || back(large, &pages[v / LARGE_PAGE << 9], PAGE_DATA);
}

PLAIN bool uc_lazy_fault(uintptr_t v, unsigned error)
{
    uint64_t *e = &pages[v / PAGE];

    if (!uc_lazy_has(v) || error & FAULT_PRESENT)
        return false;
    if (tables_for(v)) {
        uint64_t was = *e;
        if (was & ~(uint64_t)PAGE_WILL_READ)
            return false;
        if (back(e, (uint64_t *)(v & -(uintptr_t)PAGE), PAGE_DATA)) {
            if (was) {
                *e |= PAGE_READ_ONLY;
                cpu_flush_page(v);
            }
            return true;
        }
    }
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

void uc_lazy_heap(char **base, size_t *size)
{
    if (!total) {
        tables_open();
        next = (uintptr_t)uc_image_end;
        total = available = uc_ram_end - next;
    }
    *base = (char *)heap_start;
    *size = heap_size;
}

int uc_lazy_protect(uintptr_t v, uintptr_t end, uint64_t flags)
{
    uint64_t empty = !(flags & PAGE_PRESENT)  ? PAGE_CLOSED
                     : flags & PAGE_READ_ONLY ? PAGE_WILL_READ
                                              : 0;

    while (v < end) {
        uintptr_t to = (v | (LARGE_PAGE - 1)) + 1;
        uint64_t *e = &pages[v / PAGE];
        bool untouched = !has_tables(v);
        if (to > end || !to)
            to = end;
        if (!(untouched && !empty)) { /* what is not there is open */
            if (untouched && !tables_for(v))
                return -ENOMEM;
            for (; v < to; v += PAGE, e++)
                *e = *e & ADDRESS ? (*e & ADDRESS) | flags : empty;
        }
        v = to;
    }
    cpu_flush_pages();
    return 0;
}

void uc_plat_release(char *p, size_t n)
{
    uintptr_t v = (uintptr_t)p, end = v + n;

    for (; v < end; v += PAGE) {
        uint64_t *e = &pages[v / PAGE], memory;
        if (!has_tables(v))
            continue;
        memory = *e & ADDRESS;
        if (memory) {
            *e = memory | PAGE_DATA;
            cpu_flush_page(v);
            *(uint64_t *)v = free_list;
            free_list = memory;
            available += PAGE;
        }
        *e = 0;
        cpu_flush_page(v);
    }
}

bool uc_plat_has_memory(const char *p)
{
    uintptr_t v = (uintptr_t)p;

    return has_tables(v) && pages[v / PAGE] & ADDRESS;
}

void uc_plat_memory(uint64_t *all, uint64_t *left)
{
    *all = total;
    *left = available;
}
