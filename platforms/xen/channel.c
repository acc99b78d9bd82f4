/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.c: channels of events to another domain. */
#include <linux/errno.h>
#include <uc/xen.h>

#include "xen.h"

evtchn_port_t uc_xen_last_channel;
bool uc_xen_serves;

static int listened(evtchn_port_t port)
{
    struct evtchn_close end = {port};

    if (uc_xen_listen(port))
        return (int)port;
    xen_event(EVTCHNOP_close, &end);
    return -ENOSPC;
}

int uc_xen_channel(unsigned domain)
{
    struct evtchn_alloc_unbound new = {.dom = DOMID_SELF,
                                       .remote_dom = (domid_t)domain};
    long error = xen_event(EVTCHNOP_alloc_unbound, &new);

    if (error)
        return (int)error;
    uc_xen_last_channel = new.port;
    return listened(new.port);
}

int uc_xen_bind(unsigned domain, unsigned port)
{
    struct evtchn_bind_interdomain bind = {.remote_dom = (domid_t)domain,
                                           .remote_port = port};
    long error = xen_event(EVTCHNOP_bind_interdomain, &bind);

    uc_xen_serves = true;
    return error ? (int)error : listened(bind.local_port);
}

void uc_xen_close(unsigned port)
{
    struct evtchn_close end = {port};

    uc_xen_forget(port);
    xen_event(EVTCHNOP_close, &end);
}

void uc_xen_notify(unsigned port)
{
    xen_notify(port);
}
