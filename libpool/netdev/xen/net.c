/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * net.c: netfront (xen/io/netif.h), with one queue, as there is one processor.
 * The back end sees pages of ours only, which are granted once, for good: a
 * frame to send is copied there, one that has come from there, so that nobody
 * changes what has been looked at. A frame to send takes a slot for each half
 * of a page; long ones of TCP, which the back end cuts if it can, say so in a
 * slot of their own behind the first. A frame that comes takes a page: no
 * larger ones are asked for.
 *
 * Checksums of what is sent are the back end's, as far as it offers that, and
 * those of what comes have been looked at by it, or never left the computer.
 */
#include <linux/errno.h>
#include <uc/netbuf.h>
#include <uc/string.h>
#include <uc/xen.h>
#include <xen/grant_table.h>
#include <xen/io/netif.h>

enum {
    SLOTS = 256, /* of both rings, in a page each */
    RECEIVE = 64,
    TRANSMIT = 128,
    HALF = UC_PAGE / 2,
    LONGEST = 18, /* slots of a frame that every back end takes */
    MTU = 1500,
    HEADER = 14,
    FRAME = MTU + HEADER,
    TYPE_AT = 12, /* in a frame: what it carries */
    IPV6 = 0x86dd,
};

struct buffer {
    struct uc_netbuf b; /* next: of free ones */
    char data[FRAME];
};
_Static_assert(sizeof(struct buffer) <= UC_NETBUF_SIZE,
               "two buffers fit in a page");

static struct uc_xen_device d;

static struct {
    struct netif_tx_sring *ring;
    grant_ref_t ref; /* the ring's */
    unsigned port;
    uint32_t sent, taken; /* ours */
    char *at[TRANSMIT];   /* halves of pages; NULL: not made */
    grant_ref_t refs[TRANSMIT];
    uint8_t free[TRANSMIT]; /* numbers */
    unsigned free_count, made;
    bool busy[TRANSMIT];
    unsigned extras; /* slots without a half that are not answered */
} tx;

static struct {
    struct netif_rx_sring *ring;
    grant_ref_t ref;
    uint32_t sent, taken;
    char *at[RECEIVE];
    grant_ref_t refs[RECEIVE];
    unsigned made;
    bool lent[RECEIVE];
    bool inside; /* of a frame of several slots, which is dropped */
} rx;

static bool sums6, cuts;

static void fail(const char *why)
{
    uc_xen_fail(&d, why);
}

/* ---- start ---- */

static char *make_page(bool read_only, grant_ref_t *ref)
{
    char *p = uc_pages_alloc(1, true);
    int granted = p ? uc_xen_grant(d.domain, p, read_only) : -1;

    if (granted < 0 && p)
        uc_pages_free(p, 1);
    *ref = (grant_ref_t)granted;
    return granted < 0 ? NULL : p;
}

/* Two more frames to send have room, if there may be and is memory. */
static void make_transmit(void)
{
    grant_ref_t ref;
    char *p = tx.made < TRANSMIT ? make_page(true, &ref) : NULL;

    for (unsigned i = 0; p && i < 2; i++, p += HALF) {
        tx.at[tx.made] = p;
        tx.refs[tx.made] = ref;
        tx.free[tx.free_count++] = (uint8_t)tx.made++;
    }
}

static unsigned hex(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

static int read_mac(uint8_t mac[6])
{
    char path[sizeof d.path + 8], text[18];
    size_t n = strlen(d.path);

    memcpy(path, d.path, n);
    memcpy(path + n, "/mac", 5);
    if (uc_xenstore_read(path, text, sizeof text) != 17)
        return -EIO;
    for (int i = 0; i < 6; i++) {
        unsigned v = hex(text[3 * i]) << 4 | hex(text[3 * i + 1]);
        if (v > 0xff || hex(text[3 * i + 1]) > 15)
            return -EIO;
        mac[i] = (uint8_t)v;
    }
    return 0;
}

static long put_all(void)
{
    static const char *const one[] = {"request-rx-copy", "feature-rx-notify",
                                      "feature-ipv6-csum-offload", NULL};
    long error = uc_xen_put(&d, "tx-ring-ref", tx.ref);

    if (!error)
        error = uc_xen_put(&d, "rx-ring-ref", rx.ref);
    if (!error)
        error = uc_xen_put(&d, "event-channel", tx.port);
    for (const char *const *s = one; *s && !error; s++)
        error = uc_xen_put(&d, *s, 1);
    return error;
}

static void lend(unsigned id)
{
    netif_rx_request_t *q = &rx.ring->ring[rx.sent++ % SLOTS].req;

    *q = (netif_rx_request_t){.id = (uint16_t)id, .gref = rx.refs[id]};
    rx.lent[id] = true;
}

static void tell_lent(void)
{
    if (uc_xen_show(&rx.ring->req_prod, &rx.ring->req_event, rx.sent))
        uc_xen_notify(tx.port);
}

/* With empty rings, and all pages to be lent. */
static long connect(void)
{
    int port;

    memset(tx.ring, 0, UC_PAGE);
    memset(rx.ring, 0, UC_PAGE);
    tx.ring->req_event = tx.ring->rsp_event = 1;
    rx.ring->req_event = rx.ring->rsp_event = 1;
    tx.sent = tx.taken = rx.sent = rx.taken = 0;
    rx.inside = false;
    for (unsigned i = 0; i < rx.made; i++)
        lend(i);
    port = uc_xen_channel(d.domain);
    if (port < 0)
        return port;
    tx.port = (unsigned)port;
    long error = put_all();
    tell_lent();
    if (!error)
        error = uc_xen_connect(&d, true);
    if (!error)
        sums6 = uc_xen_number(&d, "feature-ipv6-csum-offload", 0);
    cuts = !error && sums6 && uc_xen_number(&d, "feature-sg", 0) &&
           uc_xen_number(&d, "feature-gso-tcpv4", 0) &&
           uc_xen_number(&d, "feature-gso-tcpv6", 0);
    return error;
}

static long set_up(void)
{
    tx.ring = (void *)make_page(false, &tx.ref);
    rx.ring = (void *)make_page(false, &rx.ref);
    if (!tx.ring || !rx.ring)
        return -ENOMEM;
    uc_netbuf_limit(2 * RECEIVE);
    for (; rx.made < RECEIVE; rx.made++) {
        rx.at[rx.made] = make_page(false, &rx.refs[rx.made]);
        if (!rx.at[rx.made])
            break;
    }
    return rx.made ? connect() : -ENOMEM;
}

/* What has not been sent is lost, as on any line. */
static bool rest(void)
{
    return true;
}

static int again(void)
{
    unsigned domain = d.domain;
    int error = uc_xen_find(&d, "vif");

    if (error || d.domain != domain)
        return error ? error : -ENODEV;
    for (unsigned id = 0; id < tx.made; id++) {
        if (tx.busy[id])
            tx.free[tx.free_count++] = (uint8_t)id;
        tx.busy[id] = false;
    }
    tx.extras = 0;
    bool did = cuts;
    error = (int)connect();
    return !error && did && !cuts ? -EOPNOTSUPP : error;
}

long uc_netdev_start(struct uc_netdev *n)
{
    d.rest = rest;
    d.again = again;
    long error = uc_xen_find(&d, "vif");

    if (!error)
        error = read_mac(n->mac);
    if (!error)
        error = set_up();
    if (error)
        return error;
    n->mtu = MTU;
    n->sums = true;
    n->cuts = cuts;
    return 0;
}

/* What the back end passes on has no other choice. */
bool uc_netdev_all(void)
{
    return true;
}

bool uc_netdev_up(void)
{
    return !d.off;
}

/* ---- sending ---- */

static void take_sent(void)
{
    uint32_t end = __atomic_load_n(&tx.ring->rsp_prod, __ATOMIC_ACQUIRE);

    if (end - tx.taken > tx.sent - tx.taken) {
        fail("xen: a network card's ring is broken; it is not used any more");
        return;
    }
    for (; tx.taken != end && !d.off; tx.taken++) {
        const volatile netif_tx_response_t *a =
            &tx.ring->ring[tx.taken % SLOTS].rsp;
        if (a->status == NETIF_RSP_NULL && tx.extras) {
            tx.extras--;
            continue;
        }
        unsigned id = a->id;
        if (id >= tx.made || !tx.busy[id]) {
            fail("xen: a network card sent what it was not given; it is not "
                 "used any more");
            return;
        }
        tx.busy[id] = false;
        tx.free[tx.free_count++] = (uint8_t)id;
    }
}

/* The sum that the frame is to have, in its place. */
static void sum(char *frame, size_t n, unsigned from, unsigned at)
{
    uint32_t all = 0;

    for (size_t i = from; i < n; i += 2)
        all += (uint32_t)(uint8_t)frame[i] << 8 |
               (i + 1 < n ? (uint8_t)frame[i + 1] : 0);
    while (all >> 16)
        all = (all & 0xffff) + (all >> 16);
    all = ~all & 0xffff;
    if (!all) /* none, in UDP */
        all = 0xffff;
    frame[from + at] = (char)(all >> 8);
    frame[from + at + 1] = (char)all;
}

static bool is_ipv6(const char *frame)
{
    return (uint8_t)frame[TYPE_AT] == IPV6 >> 8 &&
           (uint8_t)frame[TYPE_AT + 1] == (IPV6 & 0xff);
}

/* Are so many halves free, and slots of the ring? */
static bool have(unsigned count)
{
    if (tx.free_count < count)
        take_sent();
    while (tx.free_count < count) {
        unsigned before = tx.made;
        make_transmit();
        if (tx.made == before)
            return false;
    }
    return !d.off && tx.sent - tx.taken + count < SLOTS;
}

static size_t size_of(const struct uc_netdev_frame *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->count; i++)
        n += f->parts[i].n;
    return n;
}

/* The half that is n-th to be taken. */
static unsigned half(unsigned n)
{
    return tx.free[tx.free_count - 1 - n];
}

/* Copies the frame to halves, of which there are enough. */
static void gather(const struct uc_netdev_frame *f)
{
    size_t to = 0;

    for (size_t i = 0; i < f->count; i++) {
        const char *p = f->parts[i].p;
        for (size_t n = f->parts[i].n, now; n; n -= now, p += now, to += now) {
            now = HALF - to % HALF;
            if (now > n)
                now = n;
            memcpy(tx.at[half((unsigned)(to / HALF))] + to % HALF, p, now);
        }
    }
}

static uint16_t flags_of(const struct uc_netdev_frame *f, size_t n)
{
    char *frame = tx.at[half(0)];

    if (f->sum_from && (sums6 || !is_ipv6(frame)))
        return NETTXF_csum_blank | NETTXF_data_validated;
    if (f->sum_from)
        sum(frame, n, f->sum_from, f->sum_at);
    return 0;
}

static void put_slot(unsigned id, size_t size, uint16_t flags)
{
    tx.busy[id] = true;
    tx.ring->ring[tx.sent++ % SLOTS].req = (netif_tx_request_t){
        .gref = tx.refs[id],
        .offset = (uint16_t)((uintptr_t)tx.at[id] % UC_PAGE),
        .flags = flags,
        .id = (uint16_t)id,
        .size = (uint16_t)size,
    };
}

static void put_extra(const struct uc_netdev_frame *f)
{
    netif_extra_info_t *e = (void *)&tx.ring->ring[tx.sent++ % SLOTS].req;

    memset(e, 0, sizeof *e);
    e->type = XEN_NETIF_EXTRA_TYPE_GSO;
    e->u.gso.size = f->cut_at;
    e->u.gso.type = f->v6 ? XEN_NETIF_GSO_TYPE_TCPV6 : XEN_NETIF_GSO_TYPE_TCPV4;
    tx.extras++;
}

/* The first slot has the size of all. */
long uc_netdev_send(const struct uc_netdev_frame *f)
{
    size_t n = size_of(f);
    unsigned count = (unsigned)((n + HALF - 1) / HALF);

    if (d.off)
        return -ENOBUFS;
    if (n <= HEADER || count > (cuts && f->cut_at ? LONGEST : 1))
        return -EINVAL;
    if (!have(count))
        return -ENOBUFS;
    gather(f);
    uint16_t flags = flags_of(f, n), more = NETTXF_more_data;
    for (unsigned i = 0; i < count; i++) {
        size_t size = !i ? n : i + 1 < count ? HALF : n - i * HALF;
        put_slot(half(i), size,
                 (uint16_t)((i ? 0 : flags) | (i + 1 < count ? more : 0) |
                            (!i && f->cut_at ? NETTXF_extra_info : 0)));
        if (!i && f->cut_at)
            put_extra(f);
    }
    tx.free_count -= count;
    uc_net_sent(f->token); /* it has been copied */
    return 0;
}

bool uc_netdev_busy(void)
{
    take_sent();
    return !d.off && tx.taken != tx.sent;
}

void uc_netdev_flush(void)
{
    if (uc_xen_show(&tx.ring->req_prod, &tx.ring->req_event, tx.sent))
        uc_xen_notify(tx.port);
}

/* ---- receiving ---- */

static void pass_on(const char *from, size_t n, bool checked)
{
    struct buffer *b = (struct buffer *)uc_netbuf_take();

    if (!b)
        return; /* the stack has all: it is lost, as on a full card */
    memcpy(b->data, from, n);
    b->b.next = NULL;
    b->b.scarce = uc_netbuf_all_made();
    b->b.data = b->data;
    b->b.size = n;
    b->b.checked = checked;
    uc_net_received(&b->b);
}

/* An answer: its slot's page, which must have been lent, and what is in it. */
static void take_frame(void)
{
    const volatile netif_rx_response_t *a =
        &rx.ring->ring[rx.taken++ % SLOTS].rsp;
    unsigned id = a->id, offset = a->offset, flags = a->flags;
    int size = a->status;
    bool more = flags & (NETRXF_more_data | NETRXF_extra_info);
    bool whole = !rx.inside && !more;

    if (id >= RECEIVE || !rx.lent[id]) {
        fail("xen: a network card brought what it had no room for; it is not "
             "used any more");
        return;
    }
    rx.inside = more;
    rx.lent[id] = false;
    if (whole && size > HEADER && size <= FRAME &&
        offset <= UC_PAGE - (unsigned)size)
        pass_on(rx.at[id] + offset, (size_t)size,
                flags & (NETRXF_data_validated | NETRXF_csum_blank));
    lend(id);
}

/* What can be taken; the next one after that ends a halt. */
static uint32_t look(void)
{
    uint32_t end =
        uc_xen_answered(&rx.ring->rsp_prod, &rx.ring->rsp_event, rx.taken);

    if (end - rx.taken <= rx.sent - rx.taken)
        return end - rx.taken;
    fail("xen: a network card's ring is broken; it is not used any more");
    return 0;
}

void uc_netdev_poll(void)
{
    uint32_t n;

    uc_xen_poll(&d);
    if (d.off)
        return;
    take_sent();
    /* one that has been sent is to end a halt only if all have to wait */
    __atomic_store_n(&tx.ring->rsp_event,
                     tx.free_count >= LONGEST || tx.made < TRANSMIT
                         ? tx.taken + TRANSMIT
                         : tx.taken + 1,
                     __ATOMIC_RELAXED);
    while (!d.off && (n = look()))
        for (; n && !d.off; n--)
            take_frame();
    if (!d.off)
        tell_lent();
}
