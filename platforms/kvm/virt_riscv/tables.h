/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: entries of page tables, and the tables. Those of Sv39 cannot show
 * themselves, as an entry for a table is none for a page. All of memory can be
 * seen from WINDOW on, but in pages of user mode, which are out of the
 * program's reach but between tables_begin() and tables_end().
 */
#ifndef UC_TABLES_H
#define UC_TABLES_H

#include <stdbool.h>

#include "boot.h"

enum {
    PAGE = 4096,
    GIB_SHIFT = 30,
    LARGE_SHIFT = 21,
    TOP_SHIFT = 38,
    PAGE_USER = 0x10,
    WINDOW_ENTRY = 256, /* of the top table */
};

/* Of an entry: its address, what may be done; whole entries without address. */
#define ADDRESS ((uint64_t)0x003ffffffffffc00)
#define ACCESS 0x0f
#define PAGE_NONE 0 /* closed */
#define LARGE_DATA PAGE_DATA
#define LARGE_CONSTANT PAGE_CONSTANT
#define LARGE_DEVICE PAGE_DATA
#define TABLE PAGE_TABLE

/* Of an entry without memory: what is to happen when the page is touched. */
#define PAGE_CLOSED 0x100    /* nothing: it is an error */
#define PAGE_WILL_READ 0x200 /* it may be read only */

static inline uint64_t entry(uint64_t physical, uint64_t flags)
{
    return physical >> 2 | flags;
}

static inline uint64_t entry_address(uint64_t e)
{
    return (e & ADDRESS) << 2;
}

static inline bool entry_is_code(uint64_t e)
{
    return e & 8;
}

/* The first of the small pages that a large one becomes. */
static inline uint64_t entry_small(uint64_t large)
{
    return large;
}

/* ---- the tables ---- */

static inline void tables_begin(void)
{
    __asm__ volatile("csrs sstatus, %0" ::"r"(STATUS_SUM) : "memory");
}

/* An exception in between has its own begin and end, and leaves it as it was.
 */
static inline void tables_end(void)
{
    __asm__ volatile("csrc sstatus, %0" ::"r"(STATUS_SUM) : "memory");
}

static inline uint64_t *window(uint64_t physical)
{
    uint64_t gib = physical >> GIB_SHIFT, *e = &uc_l1[WINDOW_ENTRY + gib];

    if (!*e) {
        *e = entry(gib << GIB_SHIFT, PAGE_DATA | PAGE_USER);
        cpu_pages_added();
    }
    return (uint64_t *)(((uint64_t)-1 << TOP_SHIFT) + physical);
}

/* The entry of a large page or of a table; NULL: there is none above it. */
static inline uint64_t *large_of(uintptr_t v)
{
    uint64_t e = uc_l1[v >> GIB_SHIFT];

    return e ? window(entry_address(e)) + v / LARGE_PAGE % 512 : NULL;
}

/* The entry of a small page, in a table that there is. */
static inline uint64_t *page_of(uintptr_t v)
{
    return window(entry_address(*large_of(v))) + v / PAGE % 512;
}

/* Where the tables for v are seen: memory_at() does not ask. */
static inline uintptr_t large_table_seen(uintptr_t v)
{
    return v;
}

static inline uintptr_t page_table_seen(uintptr_t v)
{
    return v;
}

/* Memory that an entry just made shows at v. */
static inline uint64_t *memory_at(uintptr_t v, uint64_t memory)
{
    (void)v;
    return window(memory);
}

/* The memory of a page whatever may be done with it. */
static inline uint64_t *memory_shown(uint64_t *e, uintptr_t v, uint64_t memory)
{
    (void)e;
    return memory_at(v, memory);
}

static inline bool is_large(uintptr_t v)
{
    return *large_of(v) & ACCESS & ~(uint64_t)PAGE_TABLE;
}

static inline uint64_t physical(uintptr_t v)
{
    if (is_large(v))
        return entry_address(*large_of(v)) + v % LARGE_PAGE;
    return entry_address(*page_of(v)) + v % PAGE;
}

#endif
