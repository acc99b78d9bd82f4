/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: the page tables, seen through an entry of the top one that points
 * back to it: entry n of all tables of one level lies at one address, plus
 * 8 * n. tables_open() comes first.
 */
#ifndef UC_TABLES_H
#define UC_TABLES_H

#include <stdbool.h>

#include "boot.h"

enum {
    PAGE = 4096,
    GIB_SHIFT = 30,
#if __SIZEOF_POINTER__ == 8
    SELF = 511, /* the entry of the top table */
    TOP_SHIFT = 39,
#else
    SELF = 3,
    TOP_SHIFT = 32,
#endif
};

#define ADDRESS ((uint64_t)0x000000fffffff000)
#define ACCESS (PAGE_NX | PAGE_READ_ONLY | PAGE_PRESENT)
#define PAGE_DATA (PAGE_SMALL | PAGE_NX)
#define SELF_START ((uintptr_t)SELF << GIB_SHIFT)
static uint64_t *const pages = (uint64_t *)SELF_START;
static uint64_t *const large_pages =
    (uint64_t *)(SELF_START + ((uintptr_t)SELF << 21));

static inline void tables_open(void)
{
    if (uc_l1[SELF])
        return;
    uc_l1[SELF] = (uintptr_t)uc_l1 | PAGE_DATA;
    cpu_pages_added();
}

static inline bool is_large(uintptr_t v)
{
    return (large_pages[v / LARGE_PAGE] & PAGE_TABLE) == PAGE_PRESENT;
}

static inline uint64_t physical(uintptr_t v)
{
    if (is_large(v))
        return (large_pages[v / LARGE_PAGE] & ADDRESS) + v % LARGE_PAGE;
    return (pages[v / PAGE] & ADDRESS) + v % PAGE;
}

#endif
