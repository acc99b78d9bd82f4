/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant.c: pages that other domains may use: entries of the grant table,
 * version 1. None is ever taken back: front ends keep pages of their own for
 * that, so there is nothing to wait for when a back end still has one mapped.
 */
#include <linux/errno.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/xen.h>

#include "xen.h"

enum {
    PAGE_SHIFT = 12
};

static grant_entry_v1_t *table, *kept;
static unsigned count, next = GNTTAB_NR_RESERVED_ENTRIES;

int uc_xen_grant(unsigned domain, const void *page, bool read_only)
{
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

/* Notes what is granted, while the domain is still there. */
bool uc_xen_grants_keep(void)
{
    size_t size = count * sizeof *kept;

    if (!kept && table)
        kept = (void *)uc_pages_alloc((size + UC_PAGE - 1) / UC_PAGE, true);
    for (unsigned i = GNTTAB_NR_RESERVED_ENTRIES; kept && i < next; i++) {
        kept[i] = table[i];
        kept[i].frame = (uint32_t)uc_xen_frame_kept(table[i].frame);
    }
    return kept || !table;
}

void uc_xen_grants_again(void)
{
    if (table)
        table = uc_xen_grants(&count);
    for (unsigned i = GNTTAB_NR_RESERVED_ENTRIES; table && i < next; i++) {
        table[i].domid = kept[i].domid;
        table[i].frame = (uint32_t)uc_xen_frame_again(kept[i].frame);
        __atomic_store_n(
            &table[i].flags,
            (uint16_t)(kept[i].flags & (GTF_permit_access | GTF_readonly)),
            __ATOMIC_RELEASE);
    }
}
