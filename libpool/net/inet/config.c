/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.c: the device's address: as the image was made (--ip), as it was
 * started (UC_IP in the environment), or by DHCP. Nobody waits for it but who
 * has to send: sockets bind to any address at once.
 *
 *     ADDRESS/BITS[:GATEWAY[:NAMESERVER]][,ADDRESS6/64[,GATEWAY6]]
 *
 * An address of IPv6 comes by router advertisements as well, whether or not
 * there is one of these (RFC 4862: of 64 bits each).
 */
#include "inet.h"

#include <lwip/dhcp.h>
#include <lwip/etharp.h>
#include <uc/log.h>
#include <uc/platform.h>

extern const int CFG_NET_ADDRESS;   /* uc_net_address is there: --ip */
extern const char uc_net_address[]; /* made by the analyzer: init.c */

enum {
    PATIENCE = 10, /* seconds for an address to come */
    TEXT = 160,
    STATIC6 = 1, /* the first address after the link-local one */
};

struct uc_queue uc_net_configured;
static uint64_t patience; /* until then an address may come */
static uint32_t name_servers[2];
static ip6_addr_t gateway6; /* where there is no router that says it is one */

/* ---- reading it ---- */

static bool read_number(const char **s, uint32_t most, uint32_t *n)
{
    const char *p = *s;

    for (*n = 0; *p >= '0' && *p <= '9' && *n <= most; p++)
        *n = *n * 10 + (uint32_t)(*p - '0');
    if (p == *s || *n > most)
        return false;
    *s = p;
    return true;
}

static bool read_address(const char **s, uint32_t *address)
{
    uint32_t part, all = 0;

    for (int i = 0; i < 4; i++) {
        if (i && *(*s)++ != '.')
            return false;
        if (!read_number(s, 255, &part))
            return false;
        all = all << 8 | part;
    }
    *address = lwip_htonl(all);
    return true;
}

/* The text up to `end`, or up to its own end. */
static bool read_address6(const char **s, char end, ip6_addr_t *ip)
{
    char text[IP6ADDR_STRLEN_MAX] = {0};
    size_t n = 0;

    while ((*s)[n] && (*s)[n] != end && n < sizeof text - 1)
        n++;
    memcpy(text, *s, n);
    *s += n;
    return ip6addr_aton(text, ip);
}

/* Says at once what it found: nothing else is to be wrong. */
static bool read_config6(const char *s)
{
    ip6_addr_t ip, gateway = {0};
    uint32_t bits;

    if (!read_address6(&s, '/', &ip) || *s++ != '/' ||
        !read_number(&s, 64, &bits) || bits != 64)
        return false;
    if (*s == ',' && (s++, !read_address6(&s, 0, &gateway)))
        return false;
    if (*s)
        return false;
    ip6_addr_assign_zone(&gateway, IP6_UNICAST, &uc_netif);
    gateway6 = gateway;
    netif_ip6_addr_set(&uc_netif, STATIC6, &ip);
    netif_ip6_addr_set_state(&uc_netif, STATIC6, IP6_ADDR_TENTATIVE);
    return true;
}

static bool read_config(const char *s, ip4_addr_t *ip, ip4_addr_t *mask,
                        ip4_addr_t *gateway)
{
    uint32_t bits;

    gateway->addr = 0;
    if (!read_address(&s, &ip->addr) || *s++ != '/' ||
        !read_number(&s, 32, &bits))
        return false;
    mask->addr = bits ? lwip_htonl(~0u << (32 - bits)) : 0;
    if (*s == ':' && (s++, !read_address(&s, &gateway->addr)))
        return false;
    if (*s == ':' && (s++, !read_address(&s, &name_servers[0])))
        return false;
    return !*s || (*s == ',' && CFG_NET_IPV6 && read_config6(s + 1));
}

/* ---- giving it ---- */

static void changed(struct netif *n)
{
    (void)n;
    uc_queue_wake(&uc_net_configured);
}

static void use(const char *text)
{
    ip4_addr_t ip, mask, gateway;

    if (read_config(text, &ip, &mask, &gateway))
        netif_set_addr(&uc_netif, &ip, &mask, &gateway);
    else
        uc_log("net: UC_IP is not A.B.C.D/BITS...", -1);
}

void uc_net_configure(void)
{
    char text[TEXT];

    netif_set_status_callback(&uc_netif, changed);
    patience = uc_deadline((uint64_t)PATIENCE * 1000000000);
    if (CFG_NET_ADDRESS)
        use(uc_net_address);
    else if (uc_plat_word("UC_IP", text, sizeof text) && text[0] != 'd')
        use(text);
    else if (CFG_NET_DHCP)
        dhcp_start(&uc_netif);
}

static void link_changed(bool up)
{
    if (up)
        netif_set_link_up(&uc_netif);
    else
        netif_set_link_down(&uc_netif);
    uc_queue_wake(&uc_net_configured);
}

/* Says once that there is no address. */
static void complain(void)
{
    static bool said;

    if (said || !CFG_NET_DHCP || uc_clock_mono() < patience ||
        netif_ip4_addr(&uc_netif)->addr)
        return;
    said = true;
    uc_log(netif_is_link_up(&uc_netif) ? "net: no DHCP server has answered yet"
                                       : "net: no address and no link",
           -1);
}

void uc_net_second(void)
{
    bool up = uc_netdev_up();

    if (up != !!netif_is_link_up(&uc_netif))
        link_changed(up);
    complain();
}

const void *uc_net_gateway6(void)
{
    return ip6_addr_isany(&gateway6) ? NULL : &gateway6;
}

/* ---- waiting for it ---- */

static bool has_way(const ip_addr_t *to)
{
    const ip_addr_t *any = IP_IS_V6(to) ? IP6_ADDR_ANY : IP4_ADDR_ANY;
    struct netif *way = ip_route(any, to);

    return way && ip_netif_get_local_ip(way, to);
}

long uc_net_wait_route(const ip_addr_t *to)
{
    if (ip_addr_isloopback(to))
        return CFG_NET_LOOPBACK ? 0 : -ENETUNREACH;
    if (!uc_netif_exists)
        return -ENETUNREACH;
    if (!IP_IS_V6(to) && netif_ip4_addr(&uc_netif)->addr)
        return 0;
    while (!has_way(to)) {
        if (!netif_is_link_up(&uc_netif))
            return -ENETUNREACH;
        long error = uc_wait(&uc_net_configured, patience, true);
        if (error)
            return error == -ETIMEDOUT ? -ENETUNREACH : error;
    }
    return 0;
}

/* ---- name servers ---- */

uint32_t uc_net_server(unsigned n)
{
    return name_servers[n];
}

void uc_net_name_server(unsigned n, const void *ip)
{
    const ip_addr_t *a = ip;

    if (n < sizeof name_servers / sizeof *name_servers)
        name_servers[n] = ip_addr_get_ip4_u32(a);
}
