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
    SELF = 511, /* the entry of the top table */
    GIB_SHIFT = 30,
    TOP_SHIFT = 39,
};

static const uint64_t ADDRESS = 0x000ffffffffff000, ACCESS = PAGE_NX | 3;
static uint64_t *const pages = (uint64_t *)0xffffff8000000000;
static uint64_t *const large_pages = (uint64_t *)0xffffffffc0000000;

static inline void tables_open(void)
{
    uc_pml4[SELF] = (uint64_t)uc_pml4 | PAGE_TABLE;
}

static inline bool is_large(uint64_t v)
{
    return large_pages[v / LARGE_PAGE] & PAGE_LARGE;
}

static inline uint64_t physical(uint64_t v)
{
    if (is_large(v))
        return (large_pages[v / LARGE_PAGE] & ADDRESS) + v % LARGE_PAGE;
    return (pages[v / PAGE] & ADDRESS) + v % PAGE;
}

#endif
