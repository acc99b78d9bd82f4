/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.c: interrupts of devices that are passed on to the guest. */
#include <uc/xen.h>

#include "xen.h"

#include <xen/physdev.h>

static long physdev(unsigned what, void *argument)
{
    return uc_hypercall(what, (long)argument, 0, 0, 0, __HYPERVISOR_physdev_op);
}

int uc_xen_interrupt(unsigned number, bool line)
{
    struct evtchn_bind_pirq bind = {.pirq = number,
                                    .flags = line ? BIND_PIRQ__WILL_SHARE : 0};
    long error = xen_event(EVTCHNOP_bind_pirq, &bind);

    if (error)
        return (int)error;
    uc_xen_listen(bind.port);
    return (int)bind.port;
}

bool uc_xen_interrupt_waits(unsigned number)
{
    struct physdev_irq_status_query query = {.irq = number};

    return physdev(PHYSDEVOP_irq_status_query, &query) ||
           query.flags & XENIRQSTAT_needs_eoi;
}

void uc_xen_interrupt_end(unsigned number)
{
    struct physdev_eoi end = {number};

    physdev(PHYSDEVOP_eoi, &end);
}
