/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ring.c: the two rings that a front end shares with us. Its index may say
 * anything: a distance that is more than the ring has cuts it off. A request is
 * copied before it is looked at (RING_COPY_REQUEST), and our own indices are
 * never read from there.
 *
 * A frame that it sends lies in one slot or more: the first has the size of all
 * of it. What several frames take is copied in one call of Xen's, as are frames
 * for the front ends.
 */
#include "netback.h"

#include <string.h>
#include <sys/mman.h>

enum {
    SLOTS = 18, /* most of a frame, as xen/io/netif.h has it */
    FRAMES = 16,
    SEGMENTS = 64, /* of one call */
    PAGE = 4096,
};

/* ---- opening ---- */

bool ring_open(struct vif *v, uint32_t tx_ref, uint32_t rx_ref, uint32_t port)
{
    const int both = PROT_READ | PROT_WRITE;
    netif_tx_sring_t *tx =
        xengnttab_map_grant_ref(grants, v->domain, tx_ref, both);
    netif_rx_sring_t *rx =
        tx ? xengnttab_map_grant_ref(grants, v->domain, rx_ref, both) : NULL;
    int bound = rx ? xenevtchn_bind_interdomain(events, v->domain, port) : -1;

    if (bound < 0) {
        if (rx)
            xengnttab_unmap(grants, rx, 1);
        if (tx)
            xengnttab_unmap(grants, tx, 1);
        return false;
    }
    v->port = (evtchn_port_t)bound;
    BACK_RING_ATTACH(&v->tx, tx, *(volatile RING_IDX *)&tx->rsp_prod, PAGE);
    BACK_RING_ATTACH(&v->rx, rx, *(volatile RING_IDX *)&rx->rsp_prod, PAGE);
    v->given = false;
    v->busy = true; /* it may have begun before us */
    return true;
}

void ring_close(struct vif *v)
{
    ring_flush(); /* nobody is to be copied to any more */
    xenevtchn_unbind(events, v->port);
    xengnttab_unmap(grants, v->tx.sring, 1);
    xengnttab_unmap(grants, v->rx.sring, 1);
    v->busy = false;
}

/* ---- what it sends ---- */

struct frame {
    unsigned first, slots; /* in `requests` and `segments` */
    unsigned size;
    bool blank, bad; /* without a checksum; not to be sent */
};

static netif_tx_request_t requests[SEGMENTS];
static xengnttab_grant_copy_segment_t segments[SEGMENTS];
static struct frame frames[FRAMES];
static uint8_t bytes[FRAMES][FRAME];

static uint32_t waiting(const struct vif *v)
{
    return __atomic_load_n(&v->tx.sring->req_prod, __ATOMIC_ACQUIRE) -
           v->tx.req_cons;
}

/*
 * The slots of a frame, of *have that there are; 0: it is not all there, or the
 * front end is cut off.
 */
static unsigned read_slots(struct vif *v, netif_tx_request_t *to,
                           uint32_t *have)
{
    *have = waiting(v);
    if (*have > RING_SIZE(&v->tx)) {
        bus_fail(v, "its ring is broken");
        return 0;
    }
    for (unsigned n = 0; n < *have; n++) {
        if (n == SLOTS) {
            bus_fail(v, "a frame has too many parts");
            return 0;
        }
        RING_COPY_REQUEST(&v->tx, v->tx.req_cons + n, &to[n]);
        if (to[n].flags & NETTXF_extra_info) {
            bus_fail(v, "it sends what was not offered");
            return 0;
        }
        if (!(to[n].flags & NETTXF_more_data)) {
            v->tx.req_cons += n + 1;
            return n + 1;
        }
    }
    return 0;
}

/* Where the frame's parts are, if they make one. */
static void read_frame(const struct vif *v, struct frame *f, uint8_t *to)
{
    const netif_tx_request_t *q = &requests[f->first];
    unsigned rest = 0, at = 0;

    f->size = q[0].size;
    f->blank = q[0].flags & NETTXF_csum_blank;
    for (unsigned i = 1; i < f->slots; i++)
        rest += q[i].size;
    f->bad = f->size <= HEADER || f->size > FRAME || rest >= f->size;
    for (unsigned i = 0; i < f->slots; i++) {
        unsigned n = i ? q[i].size : f->size - rest;
        if (f->bad || n > PAGE || q[i].offset > PAGE - n)
            n = 0, f->bad = true;
        segments[f->first + i] = (xengnttab_grant_copy_segment_t){
            .source.foreign = {q[i].gref, q[i].offset, (domid_t)v->domain},
            .dest.virt = to + at,
            .len = (uint16_t)n,
            .flags = GNTCOPY_source_gref,
        };
        at += n;
    }
    /* none of it is copied, as the offsets may not be looked at */
    for (unsigned i = 0; f->bad && i < f->slots; i++)
        segments[f->first + i] = (xengnttab_grant_copy_segment_t){
            .source.foreign = {q[i].gref, 0, (domid_t)v->domain},
            .dest.virt = to,
            .flags = GNTCOPY_source_gref,
        };
}

static void answer(struct vif *v, const struct frame *f)
{
    for (unsigned i = 0; i < f->slots; i++) {
        netif_tx_response_t *a =
            RING_GET_RESPONSE(&v->tx, v->tx.rsp_prod_pvt++);
        a->id = requests[f->first + i].id;
        a->status = f->bad ? NETIF_RSP_ERROR : NETIF_RSP_OKAY;
    }
}

static void pass_on(struct vif *v, struct frame *f, uint8_t *frame)
{
    for (unsigned i = 0; i < f->slots; i++)
        f->bad |= segments[f->first + i].len &&
                  segments[f->first + i].status != GNTST_okay;
    if (f->bad || memcmp(frame + MAC, v->mac, MAC) != 0)
        return; /* it may not speak for another one */
    if (f->blank)
        sum_fill(frame, f->size);
    v->sent++;
    forward(v, frame, f->size);
}

bool ring_take(struct vif *v)
{
    unsigned count = 0, used = 0, slots = 0;
    uint32_t have = 0;
    int notify;

    while (count < FRAMES && used + SLOTS <= SEGMENTS &&
           (slots = read_slots(v, &requests[used], &have))) {
        frames[count] = (struct frame){.first = used, .slots = slots};
        read_frame(v, &frames[count], bytes[count]);
        used += slots;
        count++;
    }
    if (!v->connected)
        return false;
    if (used && xengnttab_grant_copy(grants, used, segments))
        for (unsigned i = 0; i < used; i++)
            segments[i].status = GNTST_general_error;
    for (unsigned i = 0; i < count; i++) {
        pass_on(v, &frames[i], bytes[i]);
        answer(v, &frames[i]);
    }
    ring_flush();
    RING_PUSH_RESPONSES_AND_CHECK_NOTIFY(&v->tx, notify);
    if (notify)
        xenevtchn_notify(events, v->port);
    if (slots)
        return true;
    /* what is not a whole frame waits until there is more */
    v->tx.sring->req_event = v->tx.req_cons + have + 1;
    xen_mb();
    return waiting(v) != have;
}

/* ---- what it is sent ---- */

static struct put {
    struct vif *v;
    uint16_t id;
    uint16_t size;
} put_list[SEGMENTS];
static xengnttab_grant_copy_segment_t out[SEGMENTS];
static uint8_t copies[SEGMENTS][FRAME];
static unsigned put_count;

void ring_put(struct vif *v, const uint8_t *frame, size_t n)
{
    netif_rx_request_t q;
    uint32_t have;

    if (!v->connected)
        return;
    if (put_count == SEGMENTS)
        ring_flush();
    have = __atomic_load_n(&v->rx.sring->req_prod, __ATOMIC_ACQUIRE) -
           v->rx.req_cons;
    if (have > RING_SIZE(&v->rx)) {
        bus_fail(v, "its ring is broken");
        return;
    }
    if (!have || n > FRAME) {
        v->lost++;
        return;
    }
    RING_COPY_REQUEST(&v->rx, v->rx.req_cons, &q);
    v->rx.req_cons++;
    memcpy(copies[put_count], frame, n);
    put_list[put_count] = (struct put){v, q.id, (uint16_t)n};
    out[put_count] = (xengnttab_grant_copy_segment_t){
        .source.virt = copies[put_count],
        .dest.foreign = {q.gref, 0, (domid_t)v->domain},
        .len = (uint16_t)n,
        .flags = GNTCOPY_dest_gref,
    };
    put_count++;
}

/* One notification for all that a front end gets. */
static void tell(struct vif *v)
{
    int notify;

    v->given = false;
    RING_PUSH_RESPONSES_AND_CHECK_NOTIFY(&v->rx, notify);
    if (notify)
        xenevtchn_notify(events, v->port);
}

void ring_flush(void)
{
    unsigned n = put_count;
    bool failed = n && xengnttab_grant_copy(grants, n, out);

    put_count = 0;
    for (unsigned i = 0; i < n; i++) {
        struct vif *v = put_list[i].v;
        netif_rx_response_t *a =
            RING_GET_RESPONSE(&v->rx, v->rx.rsp_prod_pvt++);
        bool ok = !failed && out[i].status == GNTST_okay;
        a->id = put_list[i].id;
        a->offset = 0;
        a->flags = 0;
        a->status = ok ? (int16_t)put_list[i].size : NETIF_RSP_ERROR;
        v->given = true;
        v->received += ok;
        v->lost += !ok;
    }
    for (struct vif *v = vifs; n && v; v = v->next)
        if (v->connected && v->given)
            tell(v);
}
