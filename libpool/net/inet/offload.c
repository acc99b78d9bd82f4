/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * offload.c: what the device does for TCP: it fills in sums, and cuts.
 *
 * lwIP hands over a segment at a time. Full ones of one connection, each going
 * on where the one before it ended, are gathered until something else is to be
 * sent or the stack has had its turn. They leave as one frame, with the headers
 * of the first, which the device, or whoever it is for, cuts at the same places
 * again. lwIP knows nothing of it: it counts, acknowledges and repeats its own
 * segments, and takes those that are gathered to be in the device.
 */
#include "offload.h"

#include <lwip/prot/ethernet.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <lwip/prot/tcp.h>

enum {
    MOST = UC_NETDEV_PARTS, /* segments in a train: each has a part or more */
    SUM_AT = 16,            /* in the header of TCP */
};

/* Where things are in a segment, from the start of its frame. */
struct segment {
    unsigned ip, tcp, data; /* the headers, and what follows them */
    size_t n;               /* bytes of data */
    bool v6;
};

struct train {
    struct segment first;
    struct pbuf *segments[MOST];
    size_t count, parts, n; /* n: data of all */
    bool whole;             /* the last one is to stay the last */
};

static struct train *gathered;
static bool cuts;

void uc_net_offload(const struct uc_netdev *d)
{
    cuts = d->cuts;
}

static char *at(const struct pbuf *p, unsigned offset)
{
    return (char *)p->payload + offset;
}

static struct tcp_hdr *tcp_of(const struct pbuf *p, const struct segment *s)
{
    return (struct tcp_hdr *)at(p, s->tcp);
}

/* Its headers are all in the first part. False: it is no segment of TCP. */
static bool read_segment(const struct pbuf *p, struct segment *s)
{
    const struct eth_hdr *e = p->payload;
    unsigned protocol;

    s->ip = SIZEOF_ETH_HDR;
    if (e->type == PP_HTONS(ETHTYPE_IP)) {
        const struct ip_hdr *h = (const struct ip_hdr *)at(p, s->ip);
        if (IPH_OFFSET(h) & PP_HTONS(IP_OFFMASK | IP_MF))
            return false;
        protocol = IPH_PROTO(h);
        s->v6 = false;
        s->tcp = s->ip + IPH_HL_BYTES(h);
    } else if (CFG_NET_IPV6 && e->type == PP_HTONS(ETHTYPE_IPV6)) {
        protocol = IP6H_NEXTH((const struct ip6_hdr *)at(p, s->ip));
        s->v6 = true;
        s->tcp = s->ip + IP6_HLEN;
    } else {
        return false;
    }
    if (protocol != IP_PROTO_TCP)
        return false;
    s->data = s->tcp + TCPH_HDRLEN_BYTES(tcp_of(p, s));
    s->n = p->tot_len - s->data;
    return true;
}

/* ---- sums ---- */

/*
 * The device goes on from the sum over addresses, protocol and length. n: of
 * data, which for a train is more than p has.
 */
static void offer_sum(const struct pbuf *p, const struct segment *s, size_t n,
                      struct uc_netdev_frame *frame)
{
    const char *addresses = at(p, s->ip + (s->v6 ? 8 : 12));
    uint32_t sum = uc_net_checksum(addresses, s->v6 ? 32 : 8);

    sum += lwip_htons((u16_t)(s->data - s->tcp + n)) + PP_HTONS(IP_PROTO_TCP);
    sum = (sum >> 16) + (uint16_t)sum;
    uint16_t folded = (uint16_t)((sum >> 16) + sum);
    memcpy((char *)tcp_of(p, s) + SUM_AT, &folded, sizeof folded);
    frame->sum_from = (uint16_t)s->tcp;
    frame->sum_at = SUM_AT;
}

/* ---- trains ---- */

static struct train *train_of(void *token)
{
    uintptr_t p = (uintptr_t)token;

    return p & 1 ? (struct train *)(p - 1) : NULL;
}

void uc_net_sent(void *token)
{
    struct train *t = train_of(token);

    if (!t) {
        pbuf_free(token);
        return;
    }
    for (size_t i = 0; i < t->count; i++)
        pbuf_free(t->segments[i]);
    uc_kfree(t, sizeof *t);
}

/* Only data, in order, and as much as is worth it. */
static bool may_lead(const struct pbuf *p, const struct segment *s)
{
    return s->n >= uc_netif.mtu / 2 &&
           !(TCPH_FLAGS(tcp_of(p, s)) & ~(TCP_ACK | TCP_PSH)) &&
           pbuf_clen(p) < MOST;
}

/* Would cutting t behind its last segment give p as it is? */
static bool follows(const struct train *t, const struct pbuf *p,
                    const struct segment *s)
{
    const struct segment *f = &t->first;
    const struct tcp_hdr *x = tcp_of(t->segments[0], f), *y = tcp_of(p, s);

    return !t->whole && s->v6 == f->v6 && s->tcp == f->tcp &&
           s->data == f->data && s->n && s->n <= f->n && t->count < MOST &&
           t->parts + pbuf_clen(p) <= MOST && s->data + t->n + s->n <= 0xffff &&
           !(TCPH_FLAGS(y) & ~(TCP_ACK | TCP_PSH)) &&
           lwip_ntohl(y->seqno) == lwip_ntohl(x->seqno) + (u32_t)t->n &&
           x->ackno == y->ackno && x->wnd == y->wnd && x->src == y->src &&
           x->dest == y->dest &&
           !memcmp(x + 1, y + 1, s->data - s->tcp - sizeof *x) &&
           !memcmp(at(p, s->ip + (s->v6 ? 8 : 12)),
                   at(t->segments[0], s->ip + (s->v6 ? 8 : 12)),
                   s->v6 ? 32 : 8);
}

static void join(struct train *t, struct pbuf *p, const struct segment *s)
{
    pbuf_ref(p);
    t->segments[t->count++] = p;
    t->parts += pbuf_clen(p);
    t->n += s->n;
    t->whole = s->n < t->first.n || TCPH_FLAGS(tcp_of(p, s)) & TCP_PSH;
}

static bool lead(struct pbuf *p, const struct segment *s)
{
    struct train *t = uc_kalloc(sizeof *t);

    if (!t)
        return false;
    *t = (struct train){.first = *s};
    join(t, p, s);
    gathered = t;
    return true;
}

/* The first one's headers become those of all. */
static void write_headers(const struct train *t)
{
    const struct pbuf *p = t->segments[0];
    const struct segment *s = &t->first;

    if (s->v6) {
        struct ip6_hdr *h = (struct ip6_hdr *)at(p, s->ip);
        IP6H_PLEN_SET(h, (u16_t)(s->data - s->tcp + t->n));
    } else {
        struct ip_hdr *h = (struct ip_hdr *)at(p, s->ip);
        IPH_LEN_SET(h, lwip_htons((u16_t)(s->data - s->ip + t->n)));
        IPH_CHKSUM_SET(h, 0);
        IPH_CHKSUM_SET(h, (u16_t)~uc_net_checksum(h, (int)(s->tcp - s->ip)));
    }
    if (TCPH_FLAGS(tcp_of(t->segments[t->count - 1], s)) & TCP_PSH)
        TCPH_SET_FLAG(tcp_of(p, s), TCP_PSH); /* of the last, once it is cut */
}

/* Adds the parts of p without its first `skip` bytes, as far as they fit. */
static bool add_parts(struct uc_netdev_frame *f, struct uc_netdev_part *parts,
                      const struct pbuf *p, size_t skip)
{
    for (; p; p = p->next) {
        size_t n = p->len > skip ? p->len - skip : 0;
        if (n && f->count == UC_NETDEV_PARTS)
            return false;
        if (n)
            parts[f->count++] =
                (struct uc_netdev_part){at(p, (unsigned)skip), n};
        skip -= p->len > skip ? skip : p->len;
    }
    return true;
}

bool uc_net_send_gathered(void)
{
    struct train *t = gathered;
    struct uc_netdev_part parts[UC_NETDEV_PARTS];
    struct uc_netdev_frame frame = {.parts = parts};

    if (!t)
        return true;
    frame.token = (void *)((uintptr_t)t + 1);
    for (size_t i = 0; i < t->count; i++)
        add_parts(&frame, parts, t->segments[i], i ? t->first.data : 0);
    if (t->count > 1) {
        write_headers(t);
        frame.cut_at = (uint16_t)t->first.n;
        frame.head = (uint16_t)t->first.data;
        frame.v6 = t->first.v6;
    }
    offer_sum(t->segments[0], &t->first, t->n, &frame);
    long error = uc_netdev_send(&frame);
    if (error == -ENOBUFS)
        return false;
    gathered = NULL;
    if (error) /* it is lost, as frames may be */
        uc_net_sent(frame.token);
    return true;
}

/* ---- all that is sent ---- */

static bool gather(struct pbuf *p, const struct segment *s)
{
    if (gathered && follows(gathered, p, s)) {
        join(gathered, p, s);
        return true;
    }
    return uc_net_send_gathered() && may_lead(p, s) && lead(p, s);
}

err_t uc_net_send(struct netif *n, struct pbuf *p)
{
    struct uc_netdev_part parts[UC_NETDEV_PARTS];
    struct uc_netdev_frame frame = {.parts = parts, .token = p};
    struct segment s;
    bool is_tcp =
        !(n->chksum_flags & NETIF_CHECKSUM_GEN_TCP) && read_segment(p, &s);

    if (cuts && is_tcp && gather(p, &s))
        return ERR_OK;
    if (cuts && !uc_net_send_gathered())
        return ERR_MEM;
    if (add_parts(&frame, parts, p, 0)) {
        pbuf_ref(p);
    } else {
        p = pbuf_clone(PBUF_RAW_TX, PBUF_RAM, p);
        if (!p)
            return ERR_MEM;
        frame.token = p;
        frame.count = 0;
        add_parts(&frame, parts, p, 0);
    }
    if (is_tcp)
        offer_sum(p, &s, s.n, &frame);
    if (uc_netdev_send(&frame)) {
        pbuf_free(p);
        return ERR_MEM;
    }
    return ERR_OK;
}
