/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: the device as lwIP's network interface. What comes is taken in
 * where it lies, unless it is so small that a copy is cheaper than to keep a
 * whole buffer for as long as nobody reads it. What goes (offload.c) is sent
 * from where it lies: a pbuf counts the device as one that holds it.
 */
#include "offload.h"

#include <lwip/dhcp.h>
#include <lwip/etharp.h>
#include <lwip/ethip6.h>
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

static size_t size_of(const struct uc_netbuf *b)
{
    size_t n = 0;

    for (; b; b = b->next)
        n += b->size;
    return n;
}

/* Without memory, small ones are taken as they are: most only acknowledge. */
static struct pbuf *copy(struct uc_netbuf *b)
{
    size_t n = size_of(b), at = 0;
    struct pbuf *p = pbuf_alloc(PBUF_LINK, (u16_t)n, PBUF_RAM);

    if (!p && n <= SMALL && !b->next)
        return wrap(b);
    for (struct uc_netbuf *next; b; b = next) {
        next = b->next;
        if (p)
            memcpy((char *)p->payload + at, b->data, b->size);
        at += b->size;
        uc_netdev_give_back(b);
    }
    return p;
}

static struct pbuf *wrap_all(struct uc_netbuf *b)
{
    struct pbuf *p = NULL;

    for (struct uc_netbuf *next; b; b = next) {
        next = b->next;
        struct pbuf *part = wrap(b);
        if (p)
            pbuf_cat(p, part);
        else
            p = part;
    }
    return p;
}

void uc_net_received(struct uc_netbuf *b)
{
    bool checked = b->checked;
    bool small = !b->next && b->size <= SMALL;
    struct pbuf *p = small || b->scarce ? copy(b) : wrap_all(b);

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
    n->linkoutput = uc_net_send;
    uc_net_offload(d);
    if (d->sums)
        NETIF_SET_CHECKSUM_CTRL(n, n->chksum_flags & ~NETIF_CHECKSUM_GEN_TCP);
    return ERR_OK;
}

void uc_net_device_start(void)
{
    struct uc_netdev d = {0};

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
