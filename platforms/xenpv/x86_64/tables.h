/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: entries of page tables, which only Xen may write. What it adds to
 * an entry is not looked at.
 */
#ifndef UC_TABLES_H
#define UC_TABLES_H

#include "boot.h"

/* What runs on the kernel stack keeps no vector registers. */
#define PLAIN __attribute__((target("general-regs-only")))

#define PAGE_NX ((uint64_t)1 << 63)

enum {
    PAGE = 4096,
    PAGE_SHIFT = 12,
    LARGE_PAGE = 0x200000, /* what one table of pages covers */
    LARGE_SHIFT = 21,
    GIB_SHIFT = 30,
};

static const uint64_t ADDRESS = 0x000ffffffffff000;
static const uint64_t PAGE_DATA =
    PAGE_PRESENT | PAGE_WRITE | PAGE_USER | PAGE_NX;
static const uint64_t PAGE_CONSTANT = PAGE_PRESENT | PAGE_USER | PAGE_NX;
static const uint64_t PAGE_CODE = PAGE_PRESENT | PAGE_USER;

/* The entry of the page at v; there is a table for it. */
static inline long set_page(uint64_t v, uint64_t entry)
{
    return uc_hypercall((long)v, (long)entry, UVMF_INVLPG, 0, 0,
                        __HYPERVISOR_update_va_mapping);
}

/* Entry n of the table in a machine frame. */
static inline long set_entry(uint64_t table, uint64_t n, uint64_t entry)
{
    struct mmu_update u = {(table << PAGE_SHIFT) + 8 * n, entry};

    return uc_hypercall((long)&u, 1, 0, DOMID_SELF, 0, __HYPERVISOR_mmu_update);
}

#endif
