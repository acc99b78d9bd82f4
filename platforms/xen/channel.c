/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.c: channels of events to another domain. */
#include <uc/xen.h>

#include "xen.h"

int uc_xen_channel(unsigned domain)
{
    struct evtchn_alloc_unbound new = {.dom = DOMID_SELF,
                                       .remote_dom = (domid_t)domain};
    long error = xen_event(EVTCHNOP_alloc_unbound, &new);

    if (error)
        return (int)error;
    uc_xen_listen(new.port);
    return (int)new.port;
}

void uc_xen_notify(unsigned port)
{
    xen_notify(port);
}
