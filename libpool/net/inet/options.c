/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c: options that streams and datagrams have. */
#include "inet.h"

#include <asm/socket.h>
#include <linux/tcp.h>
#include <lwip/tcp.h>
#include <lwip/udp.h>

enum {
    SO_BINDTODEVICE_NUMBER = 25,
};

/* Linux takes a byte for options of IP. */
long uc_inet_read_int(const void *p, unsigned n, int *value)
{
    if (n >= sizeof *value) {
        memcpy(value, p, sizeof *value);
        return 0;
    }
    if (!n)
        return -EINVAL;
    *value = *(const unsigned char *)p;
    return 0;
}

long uc_inet_write_int(int value, void *p, unsigned n)
{
    if (n > sizeof value)
        n = sizeof value;
    memcpy(p, &value, n);
    return (long)n;
}

static long set_common(struct ip_pcb *pcb, const struct inet *i, int name)
{
    bool on = i->s.options & UC_SOCKET_BIT(name);

    switch (name) {
    case SO_REUSEADDR:
    case SO_REUSEPORT:
        if (pcb && on)
            ip_set_option(pcb, SOF_REUSEADDR);
        return 0;
    case SO_BROADCAST:
        if (pcb && on)
            ip_set_option(pcb, SOF_BROADCAST);
        else if (pcb)
            ip_reset_option(pcb, SOF_BROADCAST);
        return 0;
    case SO_BINDTODEVICE_NUMBER: /* the device is the only one */
        return 0;
    default:
        return -ENOPROTOOPT;
    }
}

static long set_ip(struct ip_pcb *pcb, int name, int value)
{
    switch (name) {
    case IP_TOS:
        if (pcb)
            pcb->tos = (u8_t)value;
        return 0;
    case IP_TTL:
        if (value != -1 && (value < 1 || value > 255))
            return -EINVAL;
        if (pcb)
            pcb->ttl = value == -1 ? IP_DEFAULT_TTL : (u8_t)value;
        return 0;
    case IP_MTU_DISCOVER:
        return value < 0 || value > 5 ? -EINVAL : 0;
    case IP_FREEBIND:
    case IP_BIND_ADDRESS_NO_PORT:
    case IP_LOCAL_PORT_RANGE:
        return 0;
    default:
        return -ENOPROTOOPT;
    }
}

static long set_ipv6(struct inet *i, struct ip_pcb *pcb, int name, int value)
{
    switch (name) {
    case IPV6_V6ONLY:
        if (i->bound.port)
            return -EINVAL;
        i->only_v6 = value;
        if (pcb)
            IP_SET_TYPE_VAL(pcb->local_ip,
                            value ? IPADDR_TYPE_V6 : IPADDR_TYPE_ANY);
        return 0;
    case IPV6_UNICAST_HOPS:
        return set_ip(pcb, IP_TTL, value);
    case IPV6_TCLASS:
        return set_ip(pcb, IP_TOS, value == -1 ? 0 : value);
    case IPV6_MTU_DISCOVER:
        return set_ip(pcb, IP_MTU_DISCOVER, value);
    default:
        return -ENOPROTOOPT;
    }
}

long uc_inet_set(struct inet *i, void *block, int level, int name,
                 const void *p, unsigned n)
{
    struct ip_pcb *pcb = block;
    int value = 0;

    if (level == SOL_SOCKET)
        return set_common(pcb, i, name);
    long error = uc_inet_read_int(p, n, &value);
    if (error)
        return error;
    if (level == IPPROTO_IP)
        return set_ip(pcb, name, value);
    if (level == IPPROTO_IPV6 && i->s.family == AF_INET6 && CFG_NET_IPV6)
        return set_ipv6(i, pcb, name, value);
    return -ENOPROTOOPT;
}

long uc_inet_get(struct inet *i, void *block, int level, int name, void *p,
                 unsigned n)
{
    const struct ip_pcb *pcb = block;
    bool v6 = level == IPPROTO_IPV6 && CFG_NET_IPV6;

    if (v6 && name == IPV6_V6ONLY)
        return uc_inet_write_int(i->only_v6, p, n);
    if (level == IPPROTO_IP ? name == IP_TOS : v6 && name == IPV6_TCLASS)
        return uc_inet_write_int(pcb ? pcb->tos : 0, p, n);
    if (level == IPPROTO_IP ? name == IP_TTL : v6 && name == IPV6_UNICAST_HOPS)
        return uc_inet_write_int(pcb ? pcb->ttl : IP_DEFAULT_TTL, p, n);
    if (level == IPPROTO_IP ? name == IP_MTU_DISCOVER
                            : v6 && name == IPV6_MTU_DISCOVER)
        return uc_inet_write_int(0, p, n);
    if (level == IPPROTO_IP ? name == IP_MTU : v6 && name == IPV6_MTU)
        return uc_inet_write_int(uc_netif.mtu, p, n);
    return -ENOPROTOOPT;
}
