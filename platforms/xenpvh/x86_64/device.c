/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: what Xen shares with the guest, and what back ends see of it. A PVH
 * guest has no devices of its own; its interrupt controller is seen as the
 * frames are: through large pages below the stack, never given back.
 */
#include <uc/platform.h>

#include "tables.h"
#include "xen.h"

#include <xen/hvm/hvm_op.h>
#include <xen/hvm/params.h>

enum {
    DEVICES_START = 0x21000000, /* behind the windows of boot.h */
    DEVICES_END = 0x3f000000,   /* below the stack's gap */
    GRANT_PAGES = 2,            /* of 512 grants each */
};

void *uc_plat_device(uint64_t device, size_t n)
{
    static uint64_t next = DEVICES_START;
    uint64_t offset = device % LARGE_PAGE, start = device - offset;
    uint64_t seen = next;

    if (next + LARGE_PAGE > DEVICES_END || offset + n > LARGE_PAGE)
        return NULL;
    uc_pd[seen / LARGE_PAGE] = start | PAGE_LARGE_DATA | PAGE_NX;
    next += LARGE_PAGE;
    return (char *)seen + offset;
}

uint64_t uc_plat_dma(const void *p)
{
    *(const volatile char *)p; /* it has memory from now on */
    tables_open();
    return physical((uint64_t)p);
}

static uint64_t parameter(uint32_t index, int what, uint64_t value)
{
    struct xen_hvm_param p = {
        .domid = DOMID_SELF, .index = index, .value = value};

    uc_hypercall(what, (long)&p, 0, 0, 0, __HYPERVISOR_hvm_op);
    return p.value;
}

static long map(unsigned space, unsigned index, const char *page)
{
    struct xen_add_to_physmap where = {
        .domid = DOMID_SELF,
        .space = space,
        .idx = index,
        .gpfn = (xen_pfn_t)page / PAGE,
    };

    return xen_memory(XENMEM_add_to_physmap, &where);
}

/* Again, where the domain goes on: then it is another table. */
grant_entry_v1_t *uc_xen_grants(unsigned *count)
{
    static char pages[GRANT_PAGES * PAGE] __attribute__((aligned(PAGE)));

    for (unsigned i = 0; i < GRANT_PAGES; i++)
        if (map(XENMAPSPACE_grant_table, i, pages + i * PAGE))
            return NULL;
    *count = GRANT_PAGES * PAGE / sizeof(grant_entry_v1_t);
    return (grant_entry_v1_t *)pages;
}

/*
 * When the way of interrupts is set, here to none, Xen looks at the mode of the
 * processor, and writes from then on as it is in that one, the date first.
 */
static bool shared;

struct shared_info *uc_xen_shared(void)
{
    static char page[PAGE] __attribute__((aligned(PAGE)));

    if (!shared) {
        map(XENMAPSPACE_shared_info, 0, page);
        parameter(HVM_PARAM_CALLBACK_IRQ, HVMOP_set_param, 0);
        shared = true;
    }
    return (struct shared_info *)page;
}

static void *ring(uint32_t frame_index, uint32_t port_index,
                  evtchn_port_t *port)
{
    uint64_t frame = parameter(frame_index, HVMOP_get_param, 0);

    *port = (evtchn_port_t)parameter(port_index, HVMOP_get_param, 0);
    return frame && *port ? uc_plat_device(frame * PAGE, PAGE) : NULL;
}

struct xencons_interface *uc_xen_console(evtchn_port_t *port)
{
    return ring(HVM_PARAM_CONSOLE_PFN, HVM_PARAM_CONSOLE_EVTCHN, port);
}

struct xenstore_domain_interface *uc_xen_store(evtchn_port_t *port)
{
    return ring(HVM_PARAM_STORE_PFN, HVM_PARAM_STORE_EVTCHN, port);
}

/* ---- suspended ---- */

void uc_xen_sleep_start(void)
{
}

int uc_xen_sleep(void)
{
    struct sched_shutdown end = {SHUTDOWN_suspend};
    long error = xen_sched(SCHEDOP_shutdown, &end);

    shared = false;
    uc_xen_shared();
    return error < 0 ? (int)error : 0;
}

evtchn_port_t uc_xen_console_port(void)
{
    return (evtchn_port_t)parameter(HVM_PARAM_CONSOLE_EVTCHN, HVMOP_get_param,
                                    0);
}

evtchn_port_t uc_xen_store_port(void)
{
    return (evtchn_port_t)parameter(HVM_PARAM_STORE_EVTCHN, HVMOP_get_param, 0);
}

uint64_t uc_xen_frame_kept(uint64_t frame)
{
    return frame;
}

uint64_t uc_xen_frame_again(uint64_t kept)
{
    return kept;
}
