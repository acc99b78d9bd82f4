/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h: the console's ring, found once. The other side's indices are read
 * once for each use; a distance that cannot be is that of an empty ring. Ours
 * are kept here, and only written there. The first domain has no ring: what it
 * says goes to Xen's own console.
 */
#ifndef UC_XEN_CONSOLE_H
#define UC_XEN_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "xen.h"

struct xen_ring {
    struct xencons_interface *shared; /* NULL: there is none */
    evtchn_port_t port;
    XENCONS_RING_IDX written, taken; /* ours: of out and in */
    bool heard;                      /* its channel is listened to */
};

struct xen_ring *uc_xen_ring(void);

/* Bytes that are between two indices of a ring of that size. */
static inline uint32_t ring_used(uint32_t head, uint32_t tail, uint32_t size)
{
    uint32_t n = head - tail;

    return n <= size ? n : 0;
}

/* Bytes written that nobody has taken yet. */
static inline uint32_t ring_waiting(const struct xen_ring *r)
{
    return ring_used(r->written,
                     __atomic_load_n(&r->shared->out_cons, __ATOMIC_ACQUIRE),
                     sizeof r->shared->out);
}

#endif
