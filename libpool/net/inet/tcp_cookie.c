/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_cookie.c: connections that nobody has to remember while they are half
 * open (SYN cookies, RFC 4987 3.6). When a listener has as many half-open ones
 * as it keeps, the number our answer starts at says all that the third segment
 * must prove: a secret sum of the addresses, the peer's number and the minute;
 * in two bits of it, the size of segments. Such a connection has no window
 * scaling and no selective acknowledgements.
 */
#include "inet.h"

#include <lwip/inet_chksum.h>
#include <lwip/priv/tcp_priv.h>

enum {
    HALF_OPEN = 128, /* kept at the least */
    SIZE_BITS = 2,
    OPTION_MSS = 2,
};

static const uint16_t sizes[1 << SIZE_BITS] = {536, 1220, 1400, 1460};

static uint32_t minute(void)
{
    return (uint32_t)(uc_clock_mono() >> 36); /* of 68 seconds */
}

static uint32_t sum(uint32_t when, uint32_t number, uint32_t ports)
{
    static uint64_t secret[2];
    const uint64_t odd = 0x9e3779b97f4a7c15;
    uint64_t h, k;

    if (!secret[0]) {
        secret[0] = (uint64_t)uc_net_random() << 32 | uc_net_random() | 1;
        secret[1] = (uint64_t)uc_net_random() << 32 | uc_net_random();
    }
    h = secret[0] ^ ((uint64_t)when << 32 | number);
    k = secret[1] ^ ports;
    for (int i = 0; i < (CFG_NET_IPV6 ? 4 : 1); i++) {
        h = (h ^ h >> 31 ^ ip_2_ip6(ip_current_src_addr())->addr[i]) * odd;
        k = (k ^ h >> 27 ^ ip_2_ip6(ip_current_dest_addr())->addr[i]) * odd;
    }
    h = (h ^ k ^ k >> 32) * odd;
    return (uint32_t)(h >> 32);
}

/* ---- the answer ---- */

static unsigned size_index(uint16_t mss)
{
    unsigned i = sizeof sizes / sizeof *sizes - 1;

    while (i && sizes[i] > mss)
        i--;
    return i;
}

/* What the SYN says of segments' size; its options follow the header. */
static uint16_t mss_of(const struct tcp_hdr *h)
{
    const uint8_t *p = (const uint8_t *)(h + 1);
    const uint8_t *end = (const uint8_t *)h + TCPH_HDRLEN_BYTES(h);

    while (p + 4 <= end && *p) {
        if (*p == OPTION_MSS && p[1] == 4)
            return (uint16_t)(p[2] << 8 | p[3]);
        if (*p != 1 && p[1] < 2)
            break;
        p += *p == 1 ? 1 : p[1];
    }
    return sizes[0];
}

static void answer(const struct tcp_hdr *syn)
{
    const unsigned head = 24; /* with the option of the size */
    struct pbuf *p = pbuf_alloc(PBUF_IP, head, PBUF_RAM);
    uint32_t ports = (uint32_t)syn->src << 16 | syn->dest, when = minute();
    unsigned index = size_index(mss_of(syn));
    uint32_t number = sum(when, syn->seqno, ports);

    if (!p)
        return;
    number = (number & ~(uint32_t)3) | index;
    struct tcp_hdr *h = p->payload;
    memset(h, 0, head);
    h->src = lwip_htons(syn->dest);
    h->dest = lwip_htons(syn->src);
    h->seqno = lwip_htonl(number);
    h->ackno = lwip_htonl(syn->seqno + 1);
    TCPH_HDRLEN_FLAGS_SET(h, head / 4, TCP_SYN | TCP_ACK);
    h->wnd = lwip_htons(TCPWND_MIN16(TCP_WND));
    uint32_t option = lwip_htonl(OPTION_MSS << 24 | 4 << 16 | TCP_MSS);
    memcpy(h + 1, &option, sizeof option);
    h->chksum = ip_chksum_pseudo(p, IP_PROTO_TCP, p->tot_len,
                                 ip_current_dest_addr(), ip_current_src_addr());
    ip_output_if(p, ip_current_dest_addr(), ip_current_src_addr(), TCP_TTL, 0,
                 IP_PROTO_TCP, ip_current_netif());
    pbuf_free(p);
}

/*
 * May one more half-open connection be kept for this listener? Not if those
 * who wait for accept are as many as it wants: the peer will try again.
 */
int uc_net_may_come(const struct tcp_pcb_listen *pcb, const struct tcp_hdr *syn)
{
    const struct tcp_socket *l = pcb->callback_arg;

    if (!l || l->waiting > l->backlog)
        return false;
    if (pcb->accepts_pending < HALF_OPEN && !uc_net_memory_short())
        return true;
    answer(syn);
    return false;
}

/* ---- the third segment ---- */

static struct tcp_pcb *revive(struct tcp_pcb_listen *l, uint32_t seqno,
                              uint32_t number, uint16_t remote_port)
{
    struct tcp_pcb *p = tcp_alloc(l->prio);

    if (!p)
        return NULL;
    ip_addr_copy(p->local_ip, *ip_current_dest_addr());
    ip_addr_copy(p->remote_ip, *ip_current_src_addr());
    p->local_port = l->local_port;
    p->remote_port = remote_port;
    p->state = SYN_RCVD;
    p->rcv_nxt = p->rcv_ann_right_edge = seqno;
    p->rcv_ann_right_edge += p->rcv_ann_wnd;
    p->snd_wl2 = p->lastack = number;
    p->snd_nxt = p->snd_lbb = number + 1;
    p->snd_wl1 = seqno - 1; /* its window is news */
    p->mss = tcp_eff_send_mss(sizes[number & 3], &p->local_ip, &p->remote_ip);
    p->callback_arg = l->callback_arg;
    p->listener = l;
    p->so_options = l->so_options & SOF_INHERITED;
    p->netif_idx = l->netif_idx;
    TCP_REG_ACTIVE(p);
    return p;
}

struct tcp_pcb *uc_tcp_cookie(struct tcp_pcb_listen *pcb, unsigned seqno,
                              unsigned ackno, unsigned short remote_port)
{
    const struct tcp_socket *l = pcb->callback_arg;
    uint32_t ports = (uint32_t)remote_port << 16 | pcb->local_port;
    uint32_t number = ackno - 1, now = minute();

    if (!l || l->waiting > l->backlog)
        return NULL;
    for (uint32_t when = now; when == now || when == now - 1; when--)
        if (!((sum(when, seqno - 1, ports) ^ number) & ~(uint32_t)3))
            return revive(pcb, seqno, number, remote_port);
    return NULL;
}
