/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netback.h: the back end of Xen's network cards (xen/io/netif.h) as a program:
 * other domains' front ends on one side, an Ethernet device on the other.
 *
 * A front end may be anybody's. What lies in memory that it shares is read
 * once, checked, and then used from a copy; frames are copied by Xen, which
 * looks at its grants. One that breaks the rules is cut off until it starts
 * anew; others do not notice.
 */
#ifndef NETBACK_H
#define NETBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define __XEN_INTERFACE_VERSION__ 0x00040d00 /* of 4.13 */
#define xen_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define xen_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define xen_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#include <xen/xen.h>

#include <xenevtchn.h>
#include <xengnttab.h>
#include <xenstore.h>

#include <xen/io/netif.h>

enum {
    FRAME = 1514 + 4, /* with a VLAN's tag */
    HEADER = 14,
    MAC = 6,
};

struct vif {
    struct vif *next;
    unsigned domain, handle;
    char name[24], path[40], front[64]; /* path: in xenstore, ours */
    uint8_t mac[MAC];
    int state;                   /* ours, as xenbus has it */
    bool connected, busy, given; /* given: answers that it was not told of */
    evtchn_port_t port;
    netif_tx_back_ring_t tx;
    netif_rx_back_ring_t rx;
    unsigned long sent, received, lost; /* frames: from it, to it, not to it */
};

extern xenevtchn_handle *events;
extern xengnttab_handle *grants;
extern struct xs_handle *store;
extern struct vif *vifs;

/* ---- netback.c ---- */

/* A frame of a front end's: to where it is meant for. */
void forward(const struct vif *from, const uint8_t *frame, size_t n);
void say(const struct vif *v, const char *what);

/* ---- bus.c: front ends come and go ---- */

void bus_start(void);
void bus_changed(const char *path, const char *token);
void bus_end(void);
/* Cuts it off: it has broken the rules. */
void bus_fail(struct vif *v, const char *why);

/* ---- ring.c: frames ---- */

/* False, and nothing is mapped: the domain does not let us. */
bool ring_open(struct vif *v, uint32_t tx_ref, uint32_t rx_ref, uint32_t port);
void ring_close(struct vif *v);
/* Takes some of what it sends; true: there may be more. */
bool ring_take(struct vif *v);
/* Puts the frame into its memory, by ring_flush at the latest. */
void ring_put(struct vif *v, const uint8_t *frame, size_t n);
void ring_flush(void);

/* ---- sum.c ---- */

/* Fills in the checksum of TCP or UDP, where there is one. */
void sum_fill(uint8_t *frame, size_t n);

#endif
