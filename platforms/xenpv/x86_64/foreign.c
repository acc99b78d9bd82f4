/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.c: pages that other domains have granted, at addresses of ours. Xen
 * writes their entries; that nothing there may be run is added to these.
 */
#include "lazy.h"

#include <uc/xen.h>

enum {
    PLACES = (MAPPED_END - MAPPED) / PAGE
};

static struct {
    bool used;
    grant_handle_t handle;
} places[PLACES];

static void *address_of(unsigned i)
{
    return (void *)(uint64_t)(MAPPED + i * PAGE);
}

/* The first of n free places that lie together; PLACES: there are none. */
static unsigned find(unsigned n)
{
    unsigned run = 0;

    for (unsigned i = 0; n && i < PLACES; i++) {
        run = places[i].used ? 0 : run + 1;
        if (run == n)
            return i + 1 - n;
    }
    return PLACES;
}

static bool map(unsigned i, unsigned domain, uint32_t ref, bool write)
{
    struct gnttab_map_grant_ref m = {.host_addr = (uint64_t)address_of(i),
                                     .flags = GNTMAP_host_map |
                                              GNTMAP_application_map |
                                              (write ? 0 : GNTMAP_readonly),
                                     .ref = ref,
                                     .dom = (domid_t)domain};

    if (xen_grant(GNTTABOP_map_grant_ref, &m, 1) || m.status != GNTST_okay)
        return false;
    places[i].used = true;
    places[i].handle = m.handle;
    return !set_page(m.host_addr, (m.dev_bus_addr & ADDRESS) |
                                      (write ? PAGE_DATA : PAGE_CONSTANT));
}

void uc_xen_unmap(void *p, unsigned n)
{
    unsigned i = (unsigned)(((uint64_t)p - MAPPED) / PAGE);

    for (; n && i < PLACES; n--, i++) {
        struct gnttab_unmap_grant_ref u = {.host_addr = (uint64_t)address_of(i),
                                           .handle = places[i].handle};
        if (places[i].used)
            xen_grant(GNTTABOP_unmap_grant_ref, &u, 1);
        places[i].used = false;
    }
}

void *uc_xen_map(unsigned domain, const uint32_t *refs, unsigned n, bool write)
{
    unsigned first = find(n);

    for (unsigned i = 0; first < PLACES && i < n; i++)
        if (!map(first + i, domain, refs[i], write)) {
            uc_xen_unmap(address_of(first), i + 1);
            return NULL;
        }
    return first < PLACES ? address_of(first) : NULL;
}
