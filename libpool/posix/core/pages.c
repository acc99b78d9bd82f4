/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pages.c: pages from the high end of the heap.
 *
 * One bit for each page, set while it is in use; page 0 is the highest, so
 * that a low index is a high address and the first pages hold the bitmap
 * itself. First fit; every page below `hint` is in use.
 */
#include <uc/assert.h>
#include <uc/mem.h>
#include <uc/platform.h>

#include "core.h"

static uint64_t *map;
static size_t count;   /* pages in the heap */
static size_t highest; /* 1 + highest index in use */
static size_t hint;
static size_t in_use;

static char *address(size_t index)
{
    return uc_heap()->end - (index + 1) * UC_PAGE;
}

static size_t index_of(const char *p)
{
    return (size_t)(uc_heap()->end - p) / UC_PAGE - 1;
}

static bool used(size_t i)
{
    return map[i / 64] >> (i % 64) & 1;
}

/* Sets or clears [first, first + n). */
static void mark(size_t first, size_t n, bool use)
{
    struct heap *h = uc_heap();
    for (size_t i = first, end = first + n; i < end;) {
        size_t next = (i / 64 + 1) * 64;
        uint64_t bits = UINT64_MAX << (i % 64);
        if (next > end)
            bits &= UINT64_MAX >> (next - end);
        map[i / 64] = use ? map[i / 64] | bits : map[i / 64] & ~bits;
        i = next;
    }
    in_use += use ? n : -n;
    if (use && first + n > highest)
        highest = first + n;
    while (!use && highest && !used(highest - 1))
        highest--;
    if (use && first == hint)
        hint = first + n;
    if (!use && first < hint)
        hint = first;
    h->floor = h->end - highest * UC_PAGE;
    if (h->floor < h->map_touched)
        h->map_touched = h->floor;
}

static void start(void)
{
    struct heap *h = uc_heap();
    if (map)
        return;
    count = (size_t)(h->end - h->start) / UC_PAGE;
    size_t own = (count / 8 + UC_PAGE) / UC_PAGE;
    if (own > (size_t)(h->end - h->brk) / UC_PAGE)
        own = count = 0;
    map = (uint64_t *)(h->end - own * UC_PAGE);
    if (own)
        mark(0, own, true);
}

/* Pages that brk has left over. */
static size_t limit(void)
{
    struct heap *h = uc_heap();
    return count ? (size_t)(h->end - h->brk) / UC_PAGE : 0;
}

/* The first of n adjacent free pages; limit() if there are none. */
static size_t find(size_t n)
{
    size_t end = limit(), run = 0;
    for (size_t i = hint; i < end; i++) {
        if (i % 64 == 0 && i >= highest)
            return i - run + n <= end ? i - run : end;
        if (i % 64 == 0 && map[i / 64] == UINT64_MAX) {
            run = 0;
            i += 63;
            continue;
        }
        run = used(i) ? 0 : run + 1;
        if (run == n)
            return i + 1 - n;
    }
    return end;
}

char *uc_pages_reserve(size_t n, bool zero)
{
    start();
    size_t i = find(n);
    if (!n || i >= limit())
        return 0;
    char *p = address(i + n - 1);
    if (uc_protected && !uc_open(p, n))
        return 0;
    if (zero)
        uc_heap_clear(p, p + n * UC_PAGE);
    mark(i, n, true);
    return p;
}

char *uc_pages_alloc(size_t n, bool zero)
{
    return uc_heap_has(n * UC_PAGE) ? uc_pages_reserve(n, zero) : 0;
}

bool uc_pages_take(char *p, size_t n)
{
    struct heap *h = uc_heap();
    start();
    if (p < h->brk || p > h->end || n > (size_t)(h->end - p) / UC_PAGE)
        return false;
    size_t last = index_of(p), first = last + 1 - n;
    for (size_t i = first; i <= last; i++)
        if (i >= limit() || used(i))
            return false;
    if (uc_protected && !uc_open(p, n))
        return false;
    uc_heap_clear(p, p + n * UC_PAGE);
    mark(first, n, true);
    return true;
}

bool uc_pages_used(const char *p, size_t n)
{
    struct heap *h = uc_heap();
    start();
    if (p < h->floor || p >= h->end || n > (size_t)(h->end - p) / UC_PAGE)
        return false;
    for (size_t i = index_of(p); n--; i--)
        if (!used(i))
            return false;
    return true;
}

void uc_pages_free(char *p, size_t n)
{
    uc_assert(uc_pages_used(p, n));
    if (CFG_LAZY)
        uc_plat_release(p, n * UC_PAGE);
    mark(index_of(p) + 1 - n, n, false);
}

void uc_pages_total(uint64_t *total, uint64_t *available)
{
    struct heap *h = uc_heap();
    start();
    if (CFG_LAZY) {
        uc_plat_memory(total, available);
        return;
    }
    *total = (size_t)(h->end - h->start);
    *available = (size_t)(h->end - h->brk) - (uint64_t)in_use * UC_PAGE;
}
