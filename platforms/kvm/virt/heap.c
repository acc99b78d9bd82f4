/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c: all memory that is left becomes one range of addresses, on first
 * use: from behind the image, and as much as its last table may take, to the
 * stack's memory. Addresses are those of the memory where it ends below the
 * windows of layout.h, else they start at HIGH_START. Tables for that are taken
 * from the memory's start. It is zero since the machine's start.
 */
#include <stdbool.h>
#include <uc/platform.h>

#include "lazy.h"
#include "tables.h"

static struct {
    uintptr_t start, end;       /* of the heap, addresses */
    uintptr_t table, table_end; /* memory for tables, seen where it is */
} heap;

/* The table that entry e points to, made if there is none; NULL: no room. */
static uint64_t *table(uint64_t *e)
{
    if (!*e) {
        if (heap.table == heap.table_end)
            return NULL;
        *small_entry(heap.table) = entry(heap.table, PAGE_DATA);
        cpu_pages_added();
        *e = entry(heap.table, TABLE);
        heap.table += PAGE;
    }
    return (uint64_t *)(uintptr_t)entry_address(*e);
}

/* How many pages of a size, p to end, until the table is full. */
static uint64_t fitting(uint64_t p, uint64_t end, uint64_t size)
{
    uint64_t n = (end - p) / size, room = 512 - heap.end / size % 512;

    return n < room ? n : room;
}

/* Maps n pages of a size from p on at e, and at the heap's end. */
static uint64_t fill(uint64_t *e, uint64_t p, uint64_t n, uint64_t size,
                     uint64_t flags)
{
    heap.end += (uintptr_t)(n * size);
    for (; n; n--, p += size)
        *e++ = entry(p, flags);
    return p;
}

/* Adds memory [p, end) to the heap: large pages where both are aligned. */
static void add(uint64_t p, uint64_t end)
{
    while (p + PAGE <= end && heap.end < UINTPTR_MAX - LARGE_PAGE) {
        uint64_t *e = table(&uc_l1[heap.end >> GIB_SHIFT]), to = end;
        if (!e)
            return;
        e += heap.end / LARGE_PAGE % 512;
        if (!((heap.end | p) % LARGE_PAGE) && end - p >= LARGE_PAGE) {
            p = fill(e, p, fitting(p, end, LARGE_PAGE), LARGE_PAGE, LARGE_DATA);
            continue;
        }
        e = table(e);
        if (!e)
            return;
        e += heap.end / PAGE % 512;
        if (to - p > LARGE_PAGE - p % LARGE_PAGE)
            to = p + LARGE_PAGE - p % LARGE_PAGE;
        p = fill(e, p, fitting(p, to, PAGE), PAGE, PAGE_DATA);
    }
}

/* Other memory, by large pages only where there is much of it; its sum. */
static uint64_t find_more(struct memory *more, bool large)
{
    unsigned n = uc_memory_more(more);
    uint64_t sum = 0, rest = large ? LARGE_PAGE - 1 : 0;

    for (unsigned i = 0; i < n; i++) {
        more[i].start = (more[i].start + rest) & ~rest;
        more[i].end &= ~rest;
        if (more[i].start < more[i].end)
            sum += more[i].end - more[i].start;
    }
    return sum;
}

/*
 * A table for each GiB, for each large page where they are small, and for the
 * ends; uc_l3 reaches 64 KiB further.
 */
static void add_all(void)
{
    struct memory more[MEMORY_PIECES] = {0};
    uintptr_t p = (uintptr_t)uc_image_end;
    bool large = uc_ram_end - RAM_START >= 1 << 24;
    uint64_t sum = uc_ram_end - p + find_more(more, large);
    uint64_t count = (sum >> (large ? GIB_SHIFT : LARGE_SHIFT)) + 3;

    heap.table = p;
    p += count < 16 ? count * PAGE : 16 * PAGE;
    heap.table_end = p;
    if (uc_ram_end <= p)
        return;
    if (large)
        p = (p + LARGE_PAGE - 1) & -(uintptr_t)LARGE_PAGE;
    heap.start = heap.end = p + sum <= WINDOW_START ? p : HIGH_START;
    add(p, uc_ram_end);
    for (unsigned i = 0; i < MEMORY_PIECES; i++)
        add(more[i].start, more[i].end);
    cpu_pages_added();
}

void uc_plat_heap(char **base, size_t *size)
{
    if (CFG_LAZY) {
        uc_lazy_heap(base, size);
        return;
    }
    if (!heap.table)
        add_all();
    *base = (char *)heap.start;
    *size = heap.end - heap.start;
}

char *uc_plat_stack_end(void)
{
    uintptr_t end = *large_entry(STACK_LARGE_END - LARGE_PAGE)
                        ? STACK_LARGE_END
                        : STACK_SMALL_END;

    return (char *)end;
}
