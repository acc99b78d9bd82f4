/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xen.h: what xenpv and xenpvh give to the code that they share, each in files
 * of its own, and what of that code is not in uc/platform.h or uc/xen.h. Pages
 * are mapped when they are first asked for.
 */
#ifndef UC_XEN_PLATFORM_H
#define UC_XEN_PLATFORM_H

#include <stdbool.h>

#include "hypercall.h"

#include <xen/io/console.h>
#include <xen/io/xs_wire.h>

/* ---- each platform's ---- */

/* The page that Xen and the guest share: events, time. */
struct shared_info *uc_xen_shared(void);

/* Rings of the console and of xenstore, and their channels; NULL: none. */
struct xencons_interface *uc_xen_console(evtchn_port_t *port);
struct xenstore_domain_interface *uc_xen_store(evtchn_port_t *port);

/* The table of pages that others may use, of `count` entries; NULL: none. */
grant_entry_v1_t *uc_xen_grants(unsigned *count);

/* ---- shared ---- */

/* Nanoseconds since Xen was started, as its timers have it. */
uint64_t uc_xen_now(void);

/* What the host has asked for (control.c); by exit.c. */
enum {
    UC_XEN_NOTHING,
    UC_XEN_POWEROFF,
    UC_XEN_REBOOT,
};
extern unsigned char uc_xen_asked;

/* Looks whether it asks for something. */
void uc_xen_control(void);

/* uc_plat_wait ends, too, when something comes on the channel. */
bool uc_xen_listen(evtchn_port_t port); /* false: there are too many */
void uc_xen_forget(evtchn_port_t port); /* no more */

static inline void xen_notify(evtchn_port_t port)
{
    struct evtchn_send send = {port};

    xen_event(EVTCHNOP_send, &send);
}

/* Lets another domain run: the one that is waited for, without a channel. */
static inline void xen_yield(void)
{
    xen_sched(SCHEDOP_yield, 0);
}

#endif
