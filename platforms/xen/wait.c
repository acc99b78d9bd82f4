/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait.c: halting until the time is over or something has come on a channel
 * that is listened to. Xen is asked to look at just these (SCHEDOP_poll), so no
 * event needs an interrupt: none is let in, on PV and PVH alike. What has come
 * is forgotten before the devices are asked (uc_poll), never after that.
 */
#include <uc/platform.h>
#include <uc/xen.h>

#include "xen.h"

enum {
    PORTS = 32,
    BITS = 8 * sizeof(xen_ulong_t),
};

static evtchn_port_t ports[PORTS];
static bool came[PORTS]; /* on them, since somebody asked */
static unsigned count;

bool uc_xen_listen(evtchn_port_t port)
{
    if (count == PORTS)
        return false;
    ports[count++] = port;
    return true;
}

void uc_xen_listen_to_none(void)
{
    while (count)
        came[--count] = false;
}

/* Has something come on the channel? Then it is forgotten. */
static bool take(evtchn_port_t port)
{
    xen_ulong_t *word = &uc_xen_shared()->evtchn_pending[port / BITS];
    xen_ulong_t bit = (xen_ulong_t)1 << port % BITS;

    return __atomic_load_n(word, __ATOMIC_RELAXED) & bit &&
           __atomic_fetch_and(word, ~bit, __ATOMIC_SEQ_CST) & bit;
}

static unsigned number_of(evtchn_port_t port)
{
    unsigned i = 0;

    while (i < count && ports[i] != port)
        i++;
    return i;
}

void uc_xen_forget(evtchn_port_t port)
{
    unsigned i = number_of(port);

    if (i == count)
        return;
    take(port);
    ports[i] = ports[--count];
    came[i] = came[count];
    came[count] = false;
}

bool uc_xen_came(unsigned port)
{
    unsigned i = number_of(port);
    bool is = i < count && (take(port) | came[i]);

    if (is)
        came[i] = false;
    return is;
}

static uint64_t end_of(uint64_t ns)
{
    uint64_t now = uc_xen_now();

    return ns < INT64_MAX - now ? now + ns : 0; /* 0: never */
}

void uc_plat_wait(uint64_t ns)
{
    struct sched_poll poll = {.nr_ports = count};
    bool any = false;

    for (unsigned i = 0; i < count; i++)
        if (take(ports[i]))
            any = came[i] = true;
    if (any || !ns)
        return;
    if (ns != UINT64_MAX)
        poll.timeout = end_of(ns);
    set_xen_guest_handle(poll.ports, ports);
    xen_sched(SCHEDOP_poll, &poll);
}
