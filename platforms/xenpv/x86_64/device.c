/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: what Xen shares with the guest, which uc_boot has mapped or which
 * is mapped here, and what back ends see of the guest's memory.
 */
#include "lazy.h"

#include <uc/platform.h>

struct shared_info *uc_xen_shared(void)
{
    return (struct shared_info *)SHARED_PAGE;
}

/* The first domain has neither console nor xenstore. */
struct xencons_interface *uc_xen_console(evtchn_port_t *port)
{
    if (INFO->flags & SIF_INITDOMAIN)
        return NULL;
    *port = INFO->console.domU.evtchn;
    return (struct xencons_interface *)CONSOLE_PAGE;
}

struct xenstore_domain_interface *uc_xen_store(evtchn_port_t *port)
{
    if (INFO->flags & SIF_INITDOMAIN)
        return NULL;
    *port = INFO->store_evtchn;
    return (struct xenstore_domain_interface *)STORE_PAGE;
}

bool uc_grants_seen;

/* Again, where the domain goes on: then it is another table. */
grant_entry_v1_t *uc_xen_grants(unsigned *count)
{
    xen_pfn_t frames[GRANT_PAGES] = {0};
    struct gnttab_setup_table setup = {.dom = DOMID_SELF,
                                       .nr_frames = GRANT_PAGES};

    set_xen_guest_handle(setup.frame_list, frames);
    if (xen_grant(GNTTABOP_setup_table, &setup, 1) || setup.status)
        return NULL;
    for (uint64_t i = 0; i < GRANT_PAGES; i++)
        if (set_page(GRANTS + i * PAGE, frames[i] << PAGE_SHIFT | PAGE_DATA))
            return NULL;
    uc_grants_seen = true;
    *count = GRANT_PAGES * PAGE / sizeof(grant_entry_v1_t);
    return (grant_entry_v1_t *)GRANTS;
}

/* Xen looks whether that memory is of a device which is passed on to us. */
void *uc_plat_device(uint64_t physical, size_t n)
{
    static uint64_t next = DEVICES;
    uint64_t first = next, offset = physical % PAGE;
    uint64_t size = (offset + n + PAGE - 1) & -(uint64_t)PAGE;

    if (size < n || size > DEVICES_END - next)
        return NULL;
    physical -= offset;
    for (; next < first + size; next += PAGE, physical += PAGE)
        if (set_page(next, physical | PAGE_DATA | PAGE_UNCACHED)) {
            next = first;
            return NULL;
        }
    return (void *)(first + offset);
}

uint64_t uc_plat_dma(const void *p)
{
    uint64_t v = (uint64_t)p;

    *(const volatile char *)p; /* it has memory from now on */
    if (is_lazy(v))
        return (pages[v >> PAGE_SHIFT] & ADDRESS) + v % PAGE;
    return (FRAMES[(v - IMAGE_START) >> PAGE_SHIFT] << PAGE_SHIFT) + v % PAGE;
}
