/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: entries of page tables, and the tables, seen through an entry of
 * the top one that points back to it: entry n of all tables of one level lies
 * at one address, plus 8 * n. They are used between tables_begin() and
 * tables_end().
 */
#ifndef UC_TABLES_H
#define UC_TABLES_H

#include <stdbool.h>

#include "boot.h"

enum {
    PAGE = 4096,
    GIB_SHIFT = 30,
    LARGE_SHIFT = 21,
#if __SIZEOF_POINTER__ == 8
    SELF = 511, /* the entry of the top table */
    TOP_SHIFT = 39,
#else
    SELF = 3,
    TOP_SHIFT = 32,
#endif
};

#define PAGE_NX ((uint64_t)PAGE_NX_HIGH << 32)

/* Of an entry: its address, what may be done; whole entries without address. */
#define ADDRESS ((uint64_t)0x000000fffffff000)
#define ACCESS (PAGE_NX | PAGE_READ_ONLY | PAGE_PRESENT)
#define PAGE_DATA (PAGE_SMALL | PAGE_NX)
#define PAGE_CONSTANT (PAGE_DATA | PAGE_READ_ONLY)
#define PAGE_NONE PAGE_NX /* closed */
#define LARGE_DATA (PAGE_LARGE | PAGE_NX)
#define LARGE_CONSTANT (LARGE_DATA | PAGE_READ_ONLY)
#define LARGE_DEVICE (LARGE_DATA | PAGE_DEVICE)
#define TABLE PAGE_DATA

/* Of an entry without memory: what is to happen when the page is touched. */
#define PAGE_CLOSED 0x800    /* nothing: it is an error */
#define PAGE_WILL_READ 0x400 /* it may be read only */

/* Of memory at an address as we count (boot.h). */
static inline uint64_t entry(uint64_t memory, uint64_t flags)
{
    return (memory + RAM_SHIFT) | flags;
}

static inline uint64_t entry_address(uint64_t e)
{
    return (e & ADDRESS) - RAM_SHIFT;
}

static inline bool entry_is_code(uint64_t e)
{
    return !(e & PAGE_NX);
}

/* The first of the small pages that a large one becomes. */
static inline uint64_t entry_small(uint64_t large)
{
    return large | PAGE_TABLE;
}

/* ---- the tables ---- */

#define SELF_START ((uintptr_t)SELF << GIB_SHIFT)
static uint64_t *const pages = (uint64_t *)SELF_START;
static uint64_t *const large_pages =
    (uint64_t *)(SELF_START + ((uintptr_t)SELF << 21));

PLAIN static inline void tables_begin(void)
{
    if (uc_l1[SELF])
        return;
    uc_l1[SELF] = entry((uintptr_t)uc_l1, PAGE_DATA);
    cpu_pages_added();
}

PLAIN static inline void tables_end(void)
{
}

/* The entry of a large page or of a table; NULL: there is none above it. */
PLAIN static inline uint64_t *large_of(uintptr_t v)
{
    return uc_l1[v >> GIB_SHIFT] ? &large_pages[v / LARGE_PAGE] : NULL;
}

/* The entry of a small page, in a table that there is. */
PLAIN static inline uint64_t *page_of(uintptr_t v)
{
    return &pages[v / PAGE];
}

/* Where the tables for v are seen, once they are. */
PLAIN static inline uintptr_t large_table_seen(uintptr_t v)
{
    return (uintptr_t)&large_pages[v >> GIB_SHIFT << 9];
}

PLAIN static inline uintptr_t page_table_seen(uintptr_t v)
{
    return (uintptr_t)&pages[v / LARGE_PAGE << 9];
}

/* Memory that an entry just made shows at v. */
PLAIN static inline uint64_t *memory_at(uintptr_t v, uint64_t memory)
{
    (void)memory;
    return (uint64_t *)v;
}

/* The memory of a page whatever may be done with it, until its entry goes. */
static inline uint64_t *memory_shown(uint64_t *e, uintptr_t v, uint64_t memory)
{
    *e = entry(memory, PAGE_DATA);
    cpu_flush_page(v);
    return (uint64_t *)v;
}

static inline bool is_large(uintptr_t v)
{
    return (large_pages[v / LARGE_PAGE] & PAGE_TABLE) == PAGE_PRESENT;
}

static inline uint64_t physical(uintptr_t v)
{
    if (is_large(v))
        return entry_address(large_pages[v / LARGE_PAGE]) + v % LARGE_PAGE;
    return entry_address(pages[v / PAGE]) + v % PAGE;
}

#endif
