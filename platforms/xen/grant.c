/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant.c: pages that other domains may use: entries of the grant table,
 * version 1. None is ever taken back: front ends keep pages of their own for
 * that, so there is nothing to wait for when a back end still has one mapped.
 */
#include <linux/errno.h>
#include <uc/platform.h>
#include <uc/xen.h>

#include "xen.h"

enum {
    PAGE_SHIFT = 12
};

int uc_xen_grant(unsigned domain, const void *page, bool read_only)
{
    static grant_entry_v1_t *table;
    static unsigned count, next = GNTTAB_NR_RESERVED_ENTRIES;

    if (!table)
        table = uc_xen_grants(&count);
    if (!table || next >= count)
        return -ENOSPC;
    grant_entry_v1_t *e = &table[next];
    e->domid = (domid_t)domain;
    e->frame = (uint32_t)(uc_plat_dma(page) >> PAGE_SHIFT);
    __atomic_store_n(
        &e->flags,
        (uint16_t)(GTF_permit_access | (read_only ? GTF_readonly : 0)),
        __ATOMIC_RELEASE);
    return (int)next++;
}
