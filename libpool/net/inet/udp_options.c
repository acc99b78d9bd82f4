/* SPDX-License-Identifier: BSD-2-Clause */
/* udp_options.c: options of datagram sockets, and the groups they join. */
#include "interface.h"
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

/* MCAST_JOIN_GROUP and MCAST_LEAVE_GROUP, of both levels. */
struct group_request {
    uint32_t interface;
    struct __kernel_sockaddr_storage group;
};

static err_t tell_stack(const ip_addr_t *group, bool join)
{
    const ip4_addr_t any = {0};

    if (!IP_IS_V6(group))
        return join ? igmp_joingroup(&any, ip_2_ip4(group))
                    : igmp_leavegroup(&any, ip_2_ip4(group));
    if (!CFG_NET_IPV6)
        return ERR_VAL;
    return join ? mld6_joingroup_netif(&uc_netif, ip_2_ip6(group))
                : mld6_leavegroup_netif(&uc_netif, ip_2_ip6(group));
}

static long join(struct udp_socket *u, const ip_addr_t *group)
{
    for (struct group *g = u->groups; g; g = g->next)
        if (ip_addr_cmp(&g->ip, group))
            return -EADDRINUSE;
    struct group *g = uc_kalloc(sizeof *g);
    if (!g)
        return -ENOBUFS;
    if (tell_stack(group, true)) {
        uc_kfree(g, sizeof *g);
        return -ENOBUFS;
    }
    g->ip = *group;
    g->next = u->groups;
    u->groups = g;
    return 0;
}

static void leave(struct group **at)
{
    struct group *g = *at;

    *at = g->next;
    tell_stack(&g->ip, false);
    uc_kfree(g, sizeof *g);
}

void uc_udp_leave_all(struct udp_socket *u)
{
    while (u->groups)
        leave(&u->groups);
}

static long change(struct udp_socket *u, ip_addr_t *group, bool joining)
{
    if (!ip_addr_ismulticast(group))
        return -EINVAL;
    if (!uc_netif_exists)
        return -ENODEV;
    if (CFG_NET_IPV6 && IP_IS_V6(group))
        ip6_addr_assign_zone(ip_2_ip6(group), IP6_MULTICAST, &uc_netif);
    if (joining)
        return join(u, group);
    for (struct group **at = &u->groups; *at; at = &(*at)->next) {
        if (!ip_addr_cmp(&(*at)->ip, group))
            continue;
        leave(at);
        return 0;
    }
    return -EADDRNOTAVAIL;
}

static long change_v4(struct udp_socket *u, const void *p, unsigned n,
                      bool joining)
{
    struct ip_mreq m;
    ip_addr_t group = {0};

    if (n < sizeof m)
        return -EINVAL;
    memcpy(&m, p, sizeof m);
    ip_addr_set_ip4_u32(&group, m.imr_multiaddr.s_addr);
    return change(u, &group, joining);
}

static long change_v6(struct udp_socket *u, const void *p, unsigned n,
                      bool joining)
{
    struct ipv6_mreq m;
    ip_addr_t group = {0};

    if (n < sizeof m)
        return -EINVAL;
    memcpy(&m, p, sizeof m);
    ip_addr_set_zero_ip6(&group);
    memcpy(ip_2_ip6(&group)->addr, &m.ipv6mr_multiaddr, 16);
    return change(u, &group, joining);
}

static long change_any(struct udp_socket *u, const void *p, unsigned n,
                       bool joining)
{
    struct group_request r;
    struct address a = {0};

    if (n < sizeof r)
        return -EINVAL;
    memcpy(&r, p, sizeof r);
    long error = uc_inet_read(&u->i.s, false, (const struct sockaddr *)&r.group,
                              sizeof r.group, &a);
    return error ? error : change(u, &a.ip, joining);
}

/* -ENOPROTOOPT: it is not about who is in a group. */
static long set_membership(struct udp_socket *u, int level, int name,
                           const void *p, unsigned n)
{
    if (name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP)
        return change_any(u, p, n, name == MCAST_JOIN_GROUP);
    if (level == IPPROTO_IP &&
        (name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP))
        return change_v4(u, p, n, name == IP_ADD_MEMBERSHIP);
    if (CFG_NET_IPV6 && level == IPPROTO_IPV6 &&
        (name == IPV6_ADD_MEMBERSHIP || name == IPV6_DROP_MEMBERSHIP))
        return change_v6(u, p, n, name == IPV6_ADD_MEMBERSHIP);
    return -ENOPROTOOPT;
}

static long set_groups(struct udp_socket *u, int level, int name, const void *p,
                       unsigned n)
{
    int value = 0;
    long error = set_membership(u, level, name, p, n);

    if (error != -ENOPROTOOPT)
        return error;
    error = uc_inet_read_int(p, n, &value);
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
    int index = ip_addr_isloopback(&d->to) ? INTERFACE_LOOP : INTERFACE_DEVICE;

    if (!u->tells_target)
        return 0;
    if (IP_IS_V6_VAL(d->to)) {
        struct in6_pktinfo i6 = {.ipi6_ifindex = index};
        memcpy(&i6.ipi6_addr, ip_2_ip6(&d->to)->addr, 16);
        return put(m, IPPROTO_IPV6, IPV6_PKTINFO, &i6, sizeof i6);
    }
    struct in_pktinfo i4 = {.ipi_ifindex = index};
    i4.ipi_addr.s_addr = ip_addr_get_ip4_u32(&d->to);
    i4.ipi_spec_dst.s_addr = index == INTERFACE_LOOP
                                 ? i4.ipi_addr.s_addr
                                 : netif_ip4_addr(&uc_netif)->addr;
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
