/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: the device as lwIP's network interface. What comes is taken in
 * where it lies, unless it is so small that a copy is cheaper than to keep a
 * whole buffer for as long as nobody reads it. What goes is sent from where it
 * lies: a pbuf counts the device as one that holds it.
 */
#include "inet.h"

#include <lwip/dhcp.h>
#include <lwip/etharp.h>
#include <lwip/ethip6.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <netif/ethernet.h>

enum {
    SMALL = 256, /* copied */
};

struct netif uc_netif;
bool uc_netif_exists;

/* ---- what comes ---- */

static struct uc_netbuf *buffer_of(struct pbuf *p)
{
    return (struct uc_netbuf *)((char *)p - offsetof(struct uc_netbuf, own));
}

static void give_back(struct pbuf *p)
{
    uc_netdev_give_back(buffer_of(p));
}

static struct pbuf *wrap(struct uc_netbuf *b)
{
    _Static_assert(sizeof(struct pbuf_custom) <= sizeof b->own, "own");
    struct pbuf_custom *c = (struct pbuf_custom *)(void *)b->own;

    c->custom_free_function = give_back;
    return pbuf_alloced_custom(PBUF_RAW, (u16_t)b->size, PBUF_REF, c, b->data,
                               (u16_t)b->size);
}

/* Without memory, small ones are taken as they are: most only acknowledge. */
static struct pbuf *copy(struct uc_netbuf *b)
{
    struct pbuf *p = pbuf_alloc(PBUF_LINK, (u16_t)b->size, PBUF_RAM);

    if (!p && b->size <= SMALL)
        return wrap(b);
    if (p)
        memcpy(p->payload, b->data, b->size);
    uc_netdev_give_back(b);
    return p;
}

void uc_net_received(struct uc_netbuf *b)
{
    struct pbuf *p = NULL;
    bool checked = b->checked;

    if (!b->next && (b->size <= SMALL || b->scarce)) {
        p = copy(b);
    } else {
        while (b) {
            struct uc_netbuf *next = b->next;
            struct pbuf *part = wrap(b);
            if (p)
                pbuf_cat(p, part);
            else
                p = part;
            b = next;
        }
    }
    if (!p)
        return;
    uc_net_check_sums(!checked);
    ethernet_input(p, &uc_netif);
}

void uc_net_check_sums(bool check)
{
    const u16_t both = NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_UDP;
    u16_t now = uc_netif.chksum_flags;

    uc_netif.chksum_flags = check ? now | both : now & ~both;
}

/* ---- what goes ---- */

void uc_net_sent(void *token)
{
    pbuf_free(token);
}

/* The sum over addresses, protocol and length, which the device goes on with.
 */
static uint16_t pseudo_sum(const char *addresses, unsigned size, unsigned n,
                           unsigned protocol)
{
    uint32_t sum = uc_net_checksum(addresses, (int)size);

    sum += lwip_htons((u16_t)n) + lwip_htons((u16_t)protocol);
    sum = (sum >> 16) + (uint16_t)sum;
    return (uint16_t)((sum >> 16) + sum);
}

/*
 * Where the device is to put the sum of a TCP segment, which lwIP left without
 * one. (Datagrams have theirs: they may be in fragments.) Its headers are all
 * in the first part.
 */
static void offer_sum(const struct pbuf *p, struct uc_netdev_frame *frame)
{
    const struct eth_hdr *e = p->payload;
    char *ip = (char *)p->payload + SIZEOF_ETH_HDR;
    unsigned protocol, head, n;
    uint16_t pseudo;

    if (e->type == PP_HTONS(ETHTYPE_IP)) {
        const struct ip_hdr *h = (const struct ip_hdr *)ip;
        if (IPH_OFFSET(h) & PP_HTONS(IP_OFFMASK | IP_MF))
            return;
        protocol = IPH_PROTO(h);
        head = IPH_HL_BYTES(h);
        n = lwip_ntohs(IPH_LEN(h)) - head;
        pseudo = pseudo_sum(ip + 12, 8, n, protocol);
    } else if (CFG_NET_IPV6 && e->type == PP_HTONS(ETHTYPE_IPV6)) {
        const struct ip6_hdr *h = (const struct ip6_hdr *)ip;
        protocol = IP6H_NEXTH(h);
        head = IP6_HLEN;
        n = IP6H_PLEN(h);
        pseudo = pseudo_sum(ip + 8, 32, n, protocol);
    } else {
        return;
    }
    if (protocol != IP_PROTO_TCP)
        return;
    frame->sum_from = (uint16_t)(SIZEOF_ETH_HDR + head);
    frame->sum_at = 16;
    memcpy(ip + head + frame->sum_at, &pseudo, sizeof pseudo);
}

/* The parts of a frame: how many, or 0 if they are more than may be. */
static size_t split(const struct pbuf *p, struct uc_netdev_part *parts)
{
    size_t count = 0;

    for (; p; p = p->next) {
        if (!p->len)
            continue;
        if (count == UC_NETDEV_PARTS)
            return 0;
        parts[count].p = p->payload;
        parts[count++].n = p->len;
    }
    return count;
}

static err_t send(struct netif *n, struct pbuf *p)
{
    struct uc_netdev_part parts[UC_NETDEV_PARTS];
    struct uc_netdev_frame frame = {.parts = parts, .token = p};

    frame.count = split(p, parts);
    if (frame.count) {
        pbuf_ref(p);
    } else {
        p = pbuf_clone(PBUF_RAW_TX, PBUF_RAM, p);
        if (!p)
            return ERR_MEM;
        frame.token = p;
        frame.count = split(p, parts);
    }
    if (!(n->chksum_flags & NETIF_CHECKSUM_GEN_TCP))
        offer_sum(p, &frame);
    if (uc_netdev_send(&frame)) {
        pbuf_free(p);
        return ERR_MEM;
    }
    return ERR_OK;
}

/* ---- start ---- */

static err_t set_up(struct netif *n)
{
    const struct uc_netdev *d = n->state;

    n->name[0] = 'e';
    n->name[1] = 'n';
    n->hwaddr_len = ETH_HWADDR_LEN;
    memcpy(n->hwaddr, d->mac, ETH_HWADDR_LEN);
    n->mtu = (u16_t)d->mtu;
    n->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET |
               (CFG_NET_MULTICAST ? NETIF_FLAG_IGMP : 0) |
               (CFG_NET_IPV6 ? NETIF_FLAG_MLD6 : 0);
    n->output = etharp_output;
    if (CFG_NET_IPV6)
        n->output_ip6 = ethip6_output;
    n->linkoutput = send;
    if (d->sums)
        NETIF_SET_CHECKSUM_CTRL(n, n->chksum_flags & ~NETIF_CHECKSUM_GEN_TCP);
    return ERR_OK;
}

void uc_net_device_start(void)
{
    struct uc_netdev d;

    if (uc_netdev_start(&d))
        return;
    netif_add(&uc_netif, NULL, NULL, NULL, &d, set_up, ethernet_input);
    netif_set_default(&uc_netif);
    uc_netif_exists = true;
    if (CFG_NET_IPV6) {
        netif_create_ip6_linklocal_address(&uc_netif, 1);
        netif_set_ip6_autoconfig_enabled(&uc_netif, 1);
    }
    netif_set_up(&uc_netif);
    if (uc_netdev_up())
        netif_set_link_up(&uc_netif);
    uc_net_configure();
}
