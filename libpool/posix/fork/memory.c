/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory.c: what of memory is the program's, and a copy of it: its variables
 * (image.lds has them apart from the pool's), the stack that is in use, the
 * heap up to brk, and pages that mmap gave for itself alone.
 */
#include <linux/errno.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/sched.h>

#include "core.h"
#include "fork.h"
#include "memory.h"

/* Where the variables are; the linker's script. */
extern char uc_program_data[], uc_program_data_end[];
extern char uc_program_bss[], uc_program_bss_end[];

static uint64_t *mapped; /* pages from mmap, one bit for each */

/* ---- which pages ---- */

static size_t heap_pages(void)
{
    struct heap *h = uc_heap();
    return (size_t)(h->end - h->start) / UC_PAGE;
}

static size_t map_pages(void)
{
    return heap_pages() / (8UL * UC_PAGE) + 1;
}

static size_t index_of(const char *p)
{
    return (size_t)(p - uc_heap()->start) / UC_PAGE;
}

static char *page_at(size_t i)
{
    return uc_heap()->start + i * UC_PAGE;
}

static bool has(const uint64_t *map, size_t i)
{
    return map && map[i / 64] >> i % 64 & 1;
}

void uc_fork_mapped(char *p, size_t n, bool is)
{
    if (!mapped)
        mapped = (uint64_t *)uc_pages_reserve(map_pages(), true);
    for (size_t i = index_of(p), k; mapped && n; n -= k, i += k) {
        uint64_t bits = ~(uint64_t)0 << i % 64;
        k = 64 - i % 64;
        if (k > n) {
            bits &= ~(uint64_t)0 >> (k - n);
            k = n;
        }
        mapped[i / 64] = is ? mapped[i / 64] | bits : mapped[i / 64] & ~bits;
    }
}

/* A child gives back what it has got by itself. */
bool uc_fork_keeps(const char *p)
{
    const struct copy *c = uc_copy_now();
    size_t i = index_of(p);
    return c && (has(c->mapped, i) || !has(mapped, i));
}

bool uc_fork_keeps_brk(const char *brk)
{
    const struct copy *c = uc_copy_now();
    return c && brk < c->brk;
}

/* The first page from i on that the program has, by the map and brk. */
static size_t next_page(const uint64_t *map, const char *brk, size_t i)
{
    size_t low = (index_of(brk) + ((uintptr_t)brk % UC_PAGE != 0));
    size_t end = heap_pages(), used = index_of(uc_heap()->floor);
    if (i < low)
        return i;
    if (i < used)
        i = used;
    while (map && i < end && !has(map, i))
        i = i % 64 == 0 && !map[i / 64] ? i + 64 : i + 1;
    return map && i < end ? i : end;
}

/* ---- the copy ---- */

static void drop(struct copy *c)
{
    for (int i = 0; i < AREAS; i++)
        if (c->areas[i].copy)
            uc_pages_free(c->areas[i].copy, c->areas[i].pages);
    for (size_t i = 0; i < c->count; i++)
        if (c->pages[i].copy)
            uc_pages_free(c->pages[i].copy, 1);
    if (c->pages)
        uc_pages_free((char *)c->pages, c->list_pages);
    if (c->mapped)
        uc_pages_free((char *)c->mapped, map_pages());
}

static bool copy_area(struct area *a, char *from, char *to)
{
    a->at = from;
    a->size = (size_t)(to - from);
    a->pages = (a->size + UC_PAGE - 1) / UC_PAGE;
    if (!a->size)
        return true;
    a->copy = uc_pages_alloc(a->pages, false);
    if (a->copy)
        memcpy(a->copy, from, a->size);
    return a->copy;
}

static bool is_there(const char *p)
{
    return !CFG_LAZY || uc_plat_has_memory(p);
}

static bool copy_page(struct copy *c, char *p)
{
    struct page *to = &c->pages[c->count];
    to->at = p;
    to->access = uc_protected ? uc_protection(p) : UC_ACCESS_ALL;
    to->copy = 0;
    c->count++;
    if (to->access == UC_ACCESS_NONE)
        return true;
    to->copy = uc_pages_alloc(1, false);
    if (to->copy)
        memcpy(to->copy, p, UC_PAGE);
    return to->copy;
}

static bool copy_pages(struct copy *c)
{
    size_t n = 0, end = heap_pages(), i;
    for (i = next_page(c->mapped, c->brk, 0); i < end;
         i = next_page(c->mapped, c->brk, i + 1))
        n += is_there(page_at(i));
    c->list_pages = (n * sizeof *c->pages + UC_PAGE - 1) / UC_PAGE;
    if (!n)
        return true;
    c->pages = (struct page *)uc_pages_alloc(c->list_pages, false);
    if (!c->pages)
        return false;
    for (i = next_page(c->mapped, c->brk, 0); i < end;
         i = next_page(c->mapped, c->brk, i + 1))
        if (is_there(page_at(i)) && !copy_page(c, page_at(i)))
            return false;
    return true;
}

static bool copy_map(struct copy *c)
{
    if (!mapped)
        return true;
    c->mapped = (uint64_t *)uc_pages_reserve(map_pages(), true);
    for (size_t i = index_of(uc_heap()->floor) / 64;
         c->mapped && i <= heap_pages() / 64; i++)
        if (mapped[i])
            c->mapped[i] = mapped[i];
    return c->mapped;
}

long uc_copy_make(struct copy *c, char *sp)
{
    char *end = uc_plat_stack_end();
    memset(c, 0, sizeof *c);
    c->brk = uc_heap()->brk;
    if (copy_map(c) &&
        copy_area(&c->areas[0], uc_program_data, uc_program_data_end) &&
        copy_area(&c->areas[1], uc_program_bss, uc_program_bss_end) &&
        copy_area(&c->areas[2], uc_sched_main_sp(sp), end) && copy_pages(c))
        return 0;
    drop(c);
    return -ENOMEM;
}

/* ---- back ---- */

static void restore_page(const struct page *p)
{
    if (uc_protected)
        uc_protect_again(p->at, 1, UC_ACCESS_ALL);
    if (p->copy)
        memcpy(p->at, p->copy, UC_PAGE);
    if (uc_protected && p->access != UC_ACCESS_ALL)
        uc_protect_again(p->at, 1, p->access);
}

/* Pages of the parent that had no memory then have none again. */
static void empty_others(const struct copy *c)
{
    size_t end = heap_pages(), k = 0;
    for (size_t i = next_page(c->mapped, c->brk, 0); i < end;
         i = next_page(c->mapped, c->brk, i + 1)) {
        char *p = page_at(i);
        if (k < c->count && c->pages[k].at == p) {
            k++;
            continue;
        }
        if (!is_there(p))
            continue;
        uc_plat_release(p, UC_PAGE);
        if (uc_protected)
            uc_protect_again(p, 1, uc_protection(p));
    }
}

static void unmap_new(const struct copy *c)
{
    size_t end = heap_pages();
    for (size_t i = next_page(mapped, uc_heap()->start, 0); i < end;
         i = next_page(mapped, uc_heap()->start, i + 1))
        if (!has(c->mapped, i))
            uc_unmap(page_at(i), 1);
}

void uc_copy_restore(struct copy *c)
{
    if (mapped)
        unmap_new(c);
    if (uc_heap()->brk > c->brk)
        uc_sys_brk((long)c->brk);
    if (CFG_LAZY)
        empty_others(c);
    for (size_t i = 0; i < c->count; i++)
        restore_page(&c->pages[i]);
    for (int i = 0; i < AREAS; i++)
        memcpy(c->areas[i].at, c->areas[i].copy, c->areas[i].size);
    drop(c);
}
