/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * suspend.c: a domain that is saved, and goes on later, in another domain and
 * perhaps on another computer; or at once, in its own, if the host has thought
 * better of it, or only wanted a copy. What Xen and other domains share with it
 * is then another's: the shared page, channels, the grant table, the rings of
 * console and xenstore, watches, the back ends. Memory is as it was.
 *
 * Before, devices bring to an end what is under way, so that nothing is asked
 * twice; if one cannot, the domain goes on and the host is told by a line.
 */
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/xen.h>

#include "console.h"

enum {
    PATIENCE = 300, /* waits of WAIT_NS for a device */
    WAIT_NS = 100000000,
    YIELDS = 1000000,
};

static bool rests(const struct uc_xen_device *d)
{
    for (int i = 0; i < PATIENCE && !d->off; i++) {
        if (d->rest())
            return true;
        uc_plat_wait(WAIT_NS);
    }
    return d->off;
}

static bool all_rest(void)
{
    if (uc_xen_serves || uc_xenstore_news)
        return false;
    for (struct uc_xen_device *d = uc_xen_devices; d; d = d->next)
        if (!d->rest || !rests(d))
            return false;
    return true;
}

/* A restored console does not have what nobody has taken. */
static void empty_console(void)
{
    const struct xen_ring *r = uc_xen_ring();

    for (int i = 0; r->shared && ring_waiting(r) && i < YIELDS; i++)
        xen_yield();
}

/* Is this the domain that it was? Then the channel is still another's, too. */
static bool is_same(void)
{
    struct evtchn_status s = {.dom = DOMID_SELF, .port = uc_xen_last_channel};

    return !xen_event(EVTCHNOP_status, &s) &&
           s.status == EVTCHNSTAT_interdomain;
}

static void start_anew(void)
{
    uc_xen_listen_to_none();
    uc_xen_console_again();
    uc_xenstore_again();
    uc_xen_control_again();
    uc_xen_grants_again();
    for (struct uc_xen_device *d = uc_xen_devices; d; d = d->next)
        if (!d->off && d->again() && !d->off)
            uc_xen_fail(d, "xen: a device is not there any more");
}

void uc_xen_suspend(void)
{
    static bool under_way; /* devices look at what the host wants, too */

    if (under_way)
        return;
    under_way = true;
    if (!all_rest() || !uc_xen_grants_keep()) {
        uc_log("xen: the domain cannot be saved: a device is in use", -1);
    } else {
        empty_console();
        uint64_t before = uc_plat_clock_ns();
        int error = uc_xen_sleep();
        /* first of all: who asks for the time sees it go on from there */
        uc_xen_skipped = uc_xen_now() - before;
        if (error)
            uc_log("xen: the domain cannot be saved: not enough memory", -1);
        else if (!is_same())
            start_anew();
    }
    under_way = false;
}
