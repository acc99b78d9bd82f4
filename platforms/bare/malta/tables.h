/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h: the page tables, which only kernel mode sees. What the TLB has of
 * an entry that was not valid does no harm: the exception looks again.
 */
#ifndef UC_TABLES_H
#define UC_TABLES_H

#include <stdbool.h>

#include "boot.h"

enum {
    PAGE = 4096,
    TABLE_SHIFT = 22, /* what a table has, 1024 pages */
};

#define ADDRESS 0x3fffffc0u /* of an entry */

extern uint32_t *uc_directory[512];
extern void uc_flush_page(uintptr_t v); /* trap.S */

static inline uint32_t kernel_begin(void)
{
    uint32_t was = cpu_read(12, 0);

    cpu_write(12, 0, was & ~STATUS_USER);
    return was;
}

static inline void kernel_end(uint32_t was)
{
    cpu_write(12, 0, was);
}

/* v is below KERNEL; NULL: no table. */
static inline uint32_t *entry_of(uintptr_t v)
{
    uint32_t *table = uc_directory[v >> TABLE_SHIFT];

    return table ? table + v / PAGE % 1024 : NULL;
}

static inline uint32_t entry(uint32_t physical, uint32_t flags)
{
    return physical >> PAGE_SHIFT | flags;
}

static inline uint32_t physical(uint32_t e)
{
    return (e & ADDRESS) << PAGE_SHIFT;
}

#endif
