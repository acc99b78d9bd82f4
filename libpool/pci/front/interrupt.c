/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.c: the interrupt of a device that is passed on, a message if the
 * back end can have it so, else its line: either comes on a channel of Xen's.
 * That it has been seen to is told after the driver has looked (uc_pci_poll is
 * behind the driver's step in init.c): a line has to have fallen by then, or it
 * comes again.
 */
#include "front.h"

#include <uc/log.h>
#include <uc/pci.h>
#include <uc/xen.h>
#include <xen/xen.h>

#include <xen/io/pciif.h>

uint64_t uc_pci_poll(void);

enum {
    LINE = 0x3c, /* the word of the configuration with the line's number */
};

static int port;
static uint32_t number;
static bool waits;

static bool bind(uint32_t which, bool line)
{
    port = uc_xen_interrupt(which, line);
    if (port <= 0) {
        uc_log("xen: a device's interrupt cannot be had", port);
        return false;
    }
    number = which;
    waits = uc_xen_interrupt_waits(which);
    return true;
}

bool uc_pci_msi(unsigned device)
{
    uint32_t which = 0;

    if (uc_pci_capability(device, UC_PCI_CAP_MSI, 0) &&
        uc_pci_ask(XEN_PCI_OP_enable_msi, device, 0, &which) &&
        bind(which, false))
        return true;
    bind(uc_pci_read(device, LINE) & 0xff, true);
    return false;
}

uint64_t uc_pci_poll(void)
{
    uc_pci_look();
    if (port > 0 && waits && uc_xen_came((unsigned)port))
        uc_xen_interrupt_end(number);
    return UINT64_MAX;
}
