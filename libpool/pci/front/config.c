/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.c: pcifront (xen/io/pciif.h): the configuration of devices that the
 * host has passed on is the back end's, which has them on a bus of their own,
 * number 0. A page is shared with it, with one question at a time in it. An
 * answer is waited for, for a while; without one the bus is empty.
 */
#include "front.h"

#include <uc/mem.h>
#include <uc/pci.h>
#include <uc/platform.h>
#include <uc/xen.h>
#include <xen/xen.h>

#include <xen/io/pciif.h>

enum {
    PATIENCE = 100, /* waits of WAIT_NS for an answer, and that time */
    WAIT_NS = 100000000,
    ACTIVE = 1 << _XEN_PCIF_active,
};

static struct uc_xen_device d;
static struct xen_pci_sharedinfo *shared; /* NULL: there is no back end */
static unsigned port;

static long put_all(const char *page)
{
    int ref = uc_xen_grant(d.domain, page, false);
    int channel = uc_xen_channel(d.domain);

    if (ref < 0 || channel < 0)
        return ref < 0 ? ref : channel;
    port = (unsigned)channel;
    long error = uc_xen_put(&d, "pci-op-ref", (unsigned)ref);
    if (!error)
        error = uc_xen_put(&d, "event-channel", port);
    if (!error)
        error = uc_xen_put_text(&d, "magic", XEN_PCI_MAGIC);
    return error ? error : uc_xen_connect(&d, false);
}

bool uc_pci_exists(void)
{
    static bool started;

    if (started)
        return shared;
    started = true;
    if (uc_xen_find(&d, "pci"))
        return false;
    char *page = uc_pages_alloc(1, true);
    if (page && !put_all(page))
        shared = (struct xen_pci_sharedinfo *)page;
    return shared;
}

/* The back end takes the flag away when it has answered. */
static bool is_answered(void)
{
    uint64_t start = uc_plat_clock_ns();

    for (int i = 0; __atomic_load_n(&shared->flags, __ATOMIC_ACQUIRE) & ACTIVE;
         i++) {
        if (i >= PATIENCE &&
            uc_plat_clock_ns() - start > (uint64_t)PATIENCE * WAIT_NS)
            return false;
        uc_plat_wait(WAIT_NS);
    }
    return true;
}

bool uc_pci_ask(uint32_t what, unsigned device, unsigned at, uint32_t *value)
{
    if (!uc_pci_exists())
        return false;
    struct xen_pci_op *op = &shared->op;
    op->cmd = what;
    op->err = XEN_PCI_ERR_op_failed;
    op->domain = 0;
    op->bus = device >> 8;
    op->devfn = device & 0xff;
    op->offset = (int)(at & 0xfc);
    op->size = sizeof *value;
    op->value = *value;
    __atomic_fetch_or(&shared->flags, ACTIVE, __ATOMIC_SEQ_CST);
    uc_xen_notify(port);
    if (!is_answered()) {
        uc_xen_fail(&d, "xen: the back end of PCI does not answer");
        shared = NULL;
        return false;
    }
    *value = *(volatile uint32_t *)&op->value;
    return *(volatile int32_t *)&op->err == XEN_PCI_ERR_success;
}

void uc_pci_look(void)
{
    if (shared)
        uc_xen_poll(&d);
}

uint32_t uc_pci_read(unsigned device, unsigned at)
{
    uint32_t value = 0;

    return uc_pci_ask(XEN_PCI_OP_conf_read, device, at, &value) ? value
                                                                : UINT32_MAX;
}

void uc_pci_write(unsigned device, unsigned at, uint32_t value)
{
    uc_pci_ask(XEN_PCI_OP_conf_write, device, at, &value);
}
