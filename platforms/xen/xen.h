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

extern const int CFG_SUSPEND; /* it may be asked to be suspended */

/* ---- each platform's ---- */

/* The page that Xen and the guest share: events, time. */
struct shared_info *uc_xen_shared(void);

/* Rings of the console and of xenstore, and their channels; NULL: none. */
struct xencons_interface *uc_xen_console(evtchn_port_t *port);
struct xenstore_domain_interface *uc_xen_store(evtchn_port_t *port);

/* The table of pages that others may use, of `count` entries; NULL: none. */
grant_entry_v1_t *uc_xen_grants(unsigned *count);

/*
 * Suspended and gone on, suspend.c: all but what Xen shares is as before, and
 * pages are where they were; negative: it cannot be. What is needed for that
 * before the host asks for it is made by uc_xen_sleep_start.
 */
int uc_xen_sleep(void);
void uc_xen_sleep_start(void);
/* The channels of those rings from then on; the pages stay where they are. */
evtchn_port_t uc_xen_console_port(void);
evtchn_port_t uc_xen_store_port(void);

/* A frame as grants have it, and by a number that goes with the domain. */
uint64_t uc_xen_frame_kept(uint64_t frame);
uint64_t uc_xen_frame_again(uint64_t kept);

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
void uc_xen_listen_to_none(void);

/* ---- suspend.c, and what it has the others do, in this order ---- */

/* Suspends the domain, if it can be; returns when it goes on. */
void uc_xen_suspend(void);
extern struct uc_xen_device *uc_xen_devices;
extern evtchn_port_t uc_xen_last_channel; /* 0: there is none */
extern bool uc_xen_serves;      /* others' channels are bound: it cannot be */
extern uint64_t uc_xen_skipped; /* ns that the clock leaves out */

bool uc_xen_grants_keep(void);
void uc_xen_console_again(void);
void uc_xen_grants_again(void);
void uc_xenstore_again(void);
void uc_xen_control_again(void);

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
