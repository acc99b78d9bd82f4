/* SPDX-License-Identifier: BSD-2-Clause */
/* address.c: Linux's socket addresses and lwIP's; lwIP's errors and Linux's. */
#include "inet.h"
#include "interface.h"

static void set_v4(ip_addr_t *ip, uint32_t address)
{
    ip_addr_set_ip4_u32(ip, address);
}

static long read_v6(bool only_v6, const struct sockaddr_in6 *in,
                    struct address *a)
{
    const uint32_t *word = in->sin6_addr.s6_addr32;

    if (!CFG_NET_IPV6)
        return -EAFNOSUPPORT;
    a->port = lwip_ntohs(in->sin6_port);
    if (!word[0] && !word[1] && word[2] == PP_HTONL(0xffff)) {
        if (only_v6)
            return -ENETUNREACH;
        set_v4(&a->ip, word[3]);
        return 0;
    }
    ip_addr_set_zero_ip6(&a->ip);
    memcpy(ip_2_ip6(&a->ip)->addr, word, 16);
    ip6_addr_set_zone(ip_2_ip6(&a->ip), IP6_NO_ZONE);
    if (ip6_addr_has_scope(ip_2_ip6(&a->ip), IP6_UNKNOWN) && uc_netif_exists)
        ip6_addr_set_zone(ip_2_ip6(&a->ip), netif_get_index(&uc_netif));
    return 0;
}

long uc_inet_read(const struct socket *s, bool only_v6,
                  const struct sockaddr *from, unsigned n, struct address *a)
{
    if (s->family == AF_INET6) {
        if (n < offsetof(struct sockaddr_in6, sin6_scope_id))
            return -EINVAL;
        if (from->sa_family != AF_INET6)
            return -EAFNOSUPPORT;
        return read_v6(only_v6, (const struct sockaddr_in6 *)from, a);
    }
    const struct sockaddr_in *in = (const struct sockaddr_in *)from;
    if (n < sizeof *in)
        return -EINVAL;
    if (from->sa_family != AF_INET)
        return -EAFNOSUPPORT;
    a->port = lwip_ntohs(in->sin_port);
    set_v4(&a->ip, in->sin_addr.s_addr);
    return 0;
}

static long write_v6(const struct address *a, struct sockaddr_in6 *in)
{
    uint32_t *word = in->sin6_addr.s6_addr32;

    memset(in, 0, sizeof *in);
    in->sin6_family = AF_INET6;
    in->sin6_port = lwip_htons(a->port);
    if (IP_IS_V6(&a->ip)) {
        memcpy(word, ip_2_ip6(&a->ip)->addr, 16);
        if (ip6_addr_has_scope(ip_2_ip6(&a->ip), IP6_UNKNOWN))
            in->sin6_scope_id = INTERFACE_DEVICE;
    } else if (!IP_IS_ANY_TYPE_VAL(a->ip)) {
        word[2] = PP_HTONL(0xffff);
        word[3] = ip_addr_get_ip4_u32(&a->ip);
    }
    return sizeof *in;
}

long uc_inet_write(int family, const struct address *a, struct sockaddr *to)
{
    if (CFG_NET_IPV6 && family == AF_INET6)
        return write_v6(a, (struct sockaddr_in6 *)to);
    struct sockaddr_in *in = (struct sockaddr_in *)to;
    memset(in, 0, sizeof *in);
    in->sin_family = AF_INET;
    in->sin_port = lwip_htons(a->port);
    in->sin_addr.s_addr = ip_addr_get_ip4_u32(&a->ip);
    return sizeof *in;
}

static bool is_of_device(const ip_addr_t *ip)
{
    if (!uc_netif_exists)
        return false;
    if (IP_IS_V6(ip))
        return netif_get_ip6_addr_match(&uc_netif, ip_2_ip6(ip)) >= 0;
    return ip4_addr_cmp(ip_2_ip4(ip), netif_ip4_addr(&uc_netif));
}

bool uc_inet_is_ours(const ip_addr_t *ip)
{
    if (ip_addr_isany(ip) || ip_addr_isloopback(ip) || is_of_device(ip))
        return true;
    if (!IP_IS_V6(ip) && !ip_addr_ismulticast(ip)) {
        uc_net_wait_route(ip);
        return is_of_device(ip);
    }
    return ip_addr_ismulticast(ip);
}

long uc_inet_error(err_t error)
{
    switch (error) {
    case ERR_OK:
        return 0;
    case ERR_MEM:
        return -ENOBUFS;
    case ERR_BUF:
        return -EADDRNOTAVAIL; /* no port is free */
    case ERR_RTE:
        return -ENETUNREACH;
    case ERR_USE:
        return -EADDRINUSE;
    case ERR_ISCONN:
        return -EISCONN;
    case ERR_RST:
        return -ECONNRESET;
    case ERR_ABRT:
        return -ETIMEDOUT;
    case ERR_CLSD:
        return -EPIPE;
    default:
        return -EINVAL;
    }
}
