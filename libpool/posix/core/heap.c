/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c: the platform's memory, and brk, which takes it from the low end.
 * Pages (pages.c) come from the high end; the two ends meet when it is used
 * up. What was never touched is zero and is not cleared again.
 */
#include <uc/mem.h>
#include <uc/platform.h>

#include "core.h"
#include "fork.h"

static struct heap heap;

struct heap *uc_heap(void)
{
    struct heap *h = &heap;
    size_t size;
    if (h->start)
        return h;
    uc_plat_heap(&h->start, &size);
    h->end = h->start + (size & ~(size_t)(UC_PAGE - 1));
    h->brk = h->brk_touched = h->start;
    h->floor = h->map_touched = h->end;
    return h;
}

bool uc_heap_has(size_t n)
{
    uint64_t all, left;
    if (!CFG_LAZY)
        return true;
    uc_heap();
    uc_plat_memory(&all, &left);
    return n + all / 64 <= left; /* some for the touches of stacks */
}

void uc_heap_clear(char *from, char *to)
{
    if (CFG_LAZY) /* what was freed is zero again */
        return;
    struct heap *h = &heap;
    char *low = to < h->brk_touched ? to : h->brk_touched;
    char *high = from > h->map_touched ? from : h->map_touched;
    if (low >= high) {
        memset(from, 0, (size_t)(to - from));
        return;
    }
    if (from < low)
        memset(from, 0, (size_t)(low - from));
    if (high < to)
        memset(high, 0, (size_t)(to - high));
}

/* The pages that begin in [from, to), which may have been unmapped. */
static bool open_to(char *from, char *to)
{
    char *first = from + (-(uintptr_t)from & (UC_PAGE - 1));
    char *end = to + (-(uintptr_t)to & (UC_PAGE - 1));
    return first >= end || uc_open(first, (size_t)(end - first) / UC_PAGE);
}

/* The memory of [from, to), which is to be zero when brk comes back. */
static void give_back(char *from, char *to)
{
    char *first = from + (-(uintptr_t)from & (UC_PAGE - 1));
    char *end = to + (-(uintptr_t)to & (UC_PAGE - 1));
    memset(from, 0, (size_t)((first < to ? first : to) - from));
    if (first < end)
        uc_plat_release(first, (size_t)(end - first));
}

long uc_sys_brk(long address)
{
    struct heap *h = uc_heap();
    char *want = (char *)address;
    if (want < h->start || want > h->floor ||
        (CFG_CHILDREN && uc_fork_keeps_brk(want)))
        return (long)h->brk;
    if (want > h->brk && uc_protected && !open_to(h->brk, want))
        return (long)h->brk;
    if (want > h->brk && !uc_heap_has((size_t)(want - h->brk)))
        return (long)h->brk;
    if (want > h->brk)
        uc_heap_clear(h->brk, want);
    else if (CFG_LAZY)
        give_back(want, h->brk);
    h->brk = want;
    if (want > h->brk_touched)
        h->brk_touched = want;
    return (long)want;
}
