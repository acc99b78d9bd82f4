/* SPDX-License-Identifier: BSD-2-Clause */
/* udp_options.c: options of datagram sockets, and the groups they join. */
#include "udp.h"

#include <asm/socket.h>
#include <linux/ipv6.h>
#include <lwip/igmp.h>
#include <lwip/mld6.h>
#include <lwip/udp.h>

struct control {
    size_t size;
    int level, type;
};

enum {
    ALIGN = sizeof(size_t),
};

/* ---- groups ---- */

static long join_v4(const void *p, unsigned n, bool join)
{
    struct ip_mreq m;
    ip4_addr_t group, any = {0};

    if (n < sizeof m)
        return -EINVAL;
    memcpy(&m, p, sizeof m);
    group.addr = m.imr_multiaddr.s_addr;
    if (!ip4_addr_ismulticast(&group))
        return -EINVAL;
    if (!uc_netif_exists)
        return -ENODEV;
    err_t error =
        join ? igmp_joingroup(&any, &group) : igmp_leavegroup(&any, &group);
    return error ? -EADDRNOTAVAIL : 0;
}

static long join_v6(const void *p, unsigned n, bool join)
{
    struct ipv6_mreq m;
    ip6_addr_t group;

    if (n < sizeof m)
        return -EINVAL;
    memcpy(&m, p, sizeof m);
    memset(&group, 0, sizeof group);
    memcpy(group.addr, &m.ipv6mr_multiaddr, 16);
    if (!ip6_addr_ismulticast(&group))
        return -EINVAL;
    if (!uc_netif_exists)
        return -ENODEV;
    ip6_addr_assign_zone(&group, IP6_MULTICAST, &uc_netif);
    err_t error = join ? mld6_joingroup_netif(&uc_netif, &group)
                       : mld6_leavegroup_netif(&uc_netif, &group);
    return error ? -EADDRNOTAVAIL : 0;
}

static long set_groups(struct udp_socket *u, int level, int name, const void *p,
                       unsigned n)
{
    int value = 0;

    if (level == IPPROTO_IP && name == IP_ADD_MEMBERSHIP)
        return join_v4(p, n, true);
    if (level == IPPROTO_IP && name == IP_DROP_MEMBERSHIP)
        return join_v4(p, n, false);
    if (CFG_NET_IPV6 && level == IPPROTO_IPV6 && name == IPV6_ADD_MEMBERSHIP)
        return join_v6(p, n, true);
    if (CFG_NET_IPV6 && level == IPPROTO_IPV6 && name == IPV6_DROP_MEMBERSHIP)
        return join_v6(p, n, false);
    long error = uc_inet_read_int(p, n, &value);
    if (error)
        return error;
    if (level == IPPROTO_IP ? name == IP_MULTICAST_TTL
                            : name == IPV6_MULTICAST_HOPS) {
        if (value < -1 || value > 255)
            return -EINVAL;
        udp_set_multicast_ttl(u->pcb, value == -1 ? 1 : (u8_t)value);
        return 0;
    }
    if (level == IPPROTO_IP ? name == IP_MULTICAST_LOOP
                            : name == IPV6_MULTICAST_LOOP) {
        if (value)
            udp_set_flags(u->pcb, UDP_FLAGS_MULTICAST_LOOP);
        else
            udp_clear_flags(u->pcb, UDP_FLAGS_MULTICAST_LOOP);
        return 0;
    }
    if (level == IPPROTO_IP ? name == IP_MULTICAST_IF
                            : name == IPV6_MULTICAST_IF)
        return 0; /* the device is the only one */
    return -ENOPROTOOPT;
}

/* ---- the target of what came ---- */

static size_t put(struct message *m, int level, int type, const void *p,
                  size_t n)
{
    struct control head = {sizeof head + n, level, type};
    size_t all = (head.size + ALIGN - 1) & -(size_t)ALIGN;

    if (m->control_size < head.size) {
        m->flags |= MSG_CTRUNC;
        return 0;
    }
    memcpy(m->control, &head, sizeof head);
    memcpy((char *)m->control + sizeof head, p, n);
    return all < m->control_size ? all : m->control_size;
}

size_t uc_udp_control(const struct udp_socket *u, const struct datagram *d,
                      struct message *m)
{
    int index = netif_get_index(&uc_netif);

    if (!u->tells_target)
        return 0;
    if (IP_IS_V6_VAL(d->to)) {
        struct in6_pktinfo i6 = {.ipi6_ifindex = index};
        memcpy(&i6.ipi6_addr, ip_2_ip6(&d->to)->addr, 16);
        return put(m, IPPROTO_IPV6, IPV6_PKTINFO, &i6, sizeof i6);
    }
    struct in_pktinfo i4 = {.ipi_ifindex = index};
    i4.ipi_addr.s_addr = ip_addr_get_ip4_u32(&d->to);
    i4.ipi_spec_dst.s_addr = netif_ip4_addr(&uc_netif)->addr;
    return put(m, IPPROTO_IP, IP_PKTINFO, &i4, sizeof i4);
}

/* ---- options ---- */

long uc_udp_set(struct file *f, int level, int name, const void *p, unsigned n)
{
    struct udp_socket *u = f->node;
    int value = 0;

    if (level == IPPROTO_IP
            ? name == IP_PKTINFO
            : level == IPPROTO_IPV6 && name == IPV6_RECVPKTINFO) {
        long error = uc_inet_read_int(p, n, &value);
        if (!error)
            u->tells_target = value;
        return error;
    }
    long error = uc_inet_set(&u->i, u->pcb, level, name, p, n);
    if (error == -ENOPROTOOPT && CFG_NET_MULTICAST &&
        (level == IPPROTO_IP || level == IPPROTO_IPV6))
        return set_groups(u, level, name, p, n);
    return error;
}

long uc_udp_get(struct file *f, int level, int name, void *p, unsigned n)
{
    struct udp_socket *u = f->node;
    bool v4 = level == IPPROTO_IP, v6 = level == IPPROTO_IPV6;

    if ((v4 && name == IP_PKTINFO) || (v6 && name == IPV6_RECVPKTINFO))
        return uc_inet_write_int(u->tells_target, p, n);
    if (CFG_NET_MULTICAST && ((v4 && name == IP_MULTICAST_TTL) ||
                              (v6 && name == IPV6_MULTICAST_HOPS)))
        return uc_inet_write_int(udp_get_multicast_ttl(u->pcb), p, n);
    if (CFG_NET_MULTICAST && ((v4 && name == IP_MULTICAST_LOOP) ||
                              (v6 && name == IPV6_MULTICAST_LOOP)))
        return uc_inet_write_int(
            udp_is_flag_set(u->pcb, UDP_FLAGS_MULTICAST_LOOP) != 0, p, n);
    return uc_inet_get(&u->i, u->pcb, level, name, p, n);
}
