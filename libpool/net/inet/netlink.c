/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.c: sockets of AF_NETLINK that list interfaces and their addresses,
 * which is how libc's getifaddrs and if_nameindex ask (rtnetlink(7)). A
 * question gets one datagram with all of the answer; nothing is ever told
 * unasked, and what is no such question is refused.
 */
#include "inet.h"

#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <lwip/prot/ethernet.h>

#include "interface.h"

enum {
    SOL_NETLINK = 270,
    ROOM = 1024, /* for an answer: two links, or all addresses */
};

struct netlink {
    struct socket s;
    struct uc_queue queue;
    struct sockaddr_nl bound;
    unsigned size; /* of the answer; 0: there is none */
    char answer[ROOM];
};

/* ---- messages ---- */

static struct nlmsghdr *begin(struct netlink *n, const struct nlmsghdr *asked,
                              int type, const void *body, unsigned size)
{
    struct nlmsghdr *h = (struct nlmsghdr *)(void *)(n->answer + n->size);
    unsigned all = NLMSG_SPACE(size);

    if (all > ROOM - n->size)
        return NULL;
    memset(h, 0, all);
    h->nlmsg_len = NLMSG_LENGTH(size);
    h->nlmsg_type = (uint16_t)type;
    h->nlmsg_flags = NLM_F_MULTI;
    h->nlmsg_seq = asked->nlmsg_seq;
    h->nlmsg_pid = n->bound.nl_pid;
    memcpy(NLMSG_DATA(h), body, size);
    n->size += all;
    return h;
}

static void attribute(struct netlink *n, struct nlmsghdr *h, int type,
                      const void *p, unsigned size)
{
    struct rtattr *a = (struct rtattr *)(void *)(n->answer + n->size);
    unsigned all = RTA_SPACE(size);

    if (!h || all > ROOM - n->size)
        return;
    memset(a, 0, all);
    a->rta_len = (unsigned short)RTA_LENGTH(size);
    a->rta_type = (unsigned short)type;
    memcpy(RTA_DATA(a), p, size);
    h->nlmsg_len = NLMSG_ALIGN(h->nlmsg_len) + all;
    n->size += all;
}

static void tell_link(struct netlink *n, const struct nlmsghdr *asked, int i)
{
    const struct ifinfomsg about = {
        .ifi_type = uc_interface_kind(i),
        .ifi_index = i,
        .ifi_flags = (unsigned short)uc_interface_flags(i),
    };
    uint8_t mac[ETH_HWADDR_LEN] = {0}, all[ETH_HWADDR_LEN] = {0};
    unsigned mtu = uc_interface_mtu(i);
    const char *name = uc_interface_name(i);
    struct nlmsghdr *h = begin(n, asked, RTM_NEWLINK, &about, sizeof about);

    if (i == INTERFACE_DEVICE) {
        memcpy(mac, uc_netif.hwaddr, sizeof mac);
        memset(all, 0xff, sizeof all);
    }
    attribute(n, h, IFLA_IFNAME, name, (unsigned)strlen(name) + 1);
    attribute(n, h, IFLA_MTU, &mtu, sizeof mtu);
    attribute(n, h, IFLA_ADDRESS, mac, sizeof mac);
    attribute(n, h, IFLA_BROADCAST, all, sizeof all);
}

static unsigned bits_of(uint32_t mask)
{
    return (unsigned)__builtin_popcount(mask);
}

static void tell_v4(struct netlink *n, const struct nlmsghdr *asked, int i)
{
    uint32_t ip = uc_interface_address(i), mask = uc_interface_mask(i);
    const struct ifaddrmsg about = {
        .ifa_family = AF_INET,
        .ifa_prefixlen = (uint8_t)bits_of(mask),
        .ifa_flags = IFA_F_PERMANENT,
        .ifa_scope = i == INTERFACE_LOOP ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE,
        .ifa_index = (unsigned)i,
    };
    const char *name = uc_interface_name(i);
    uint32_t all = ip | ~mask;

    if (!ip)
        return;
    struct nlmsghdr *h = begin(n, asked, RTM_NEWADDR, &about, sizeof about);
    attribute(n, h, IFA_ADDRESS, &ip, sizeof ip);
    attribute(n, h, IFA_LOCAL, &ip, sizeof ip);
    if (i == INTERFACE_DEVICE)
        attribute(n, h, IFA_BROADCAST, &all, sizeof all);
    attribute(n, h, IFA_LABEL, name, (unsigned)strlen(name) + 1);
}

static void tell_v6(struct netlink *n, const struct nlmsghdr *asked, int i,
                    const void *ip, unsigned scope, unsigned bits,
                    unsigned flags)
{
    const struct ifaddrmsg about = {
        .ifa_family = AF_INET6,
        .ifa_prefixlen = (uint8_t)bits,
        .ifa_flags = (uint8_t)flags,
        .ifa_scope = (uint8_t)scope,
        .ifa_index = (unsigned)i,
    };
    struct nlmsghdr *h = begin(n, asked, RTM_NEWADDR, &about, sizeof about);

    attribute(n, h, IFA_ADDRESS, ip, 16);
}

static void tell_all_v6(struct netlink *n, const struct nlmsghdr *asked)
{
    static const uint8_t own[16] = {[15] = 1};

    if (CFG_NET_LOOPBACK)
        tell_v6(n, asked, INTERFACE_LOOP, own, RT_SCOPE_HOST, 128,
                IFA_F_PERMANENT);
    for (s8_t k = 0; uc_netif_exists && k < LWIP_IPV6_NUM_ADDRESSES; k++) {
        u8_t state = netif_ip6_addr_state(&uc_netif, k);
        const ip6_addr_t *ip = netif_ip6_addr(&uc_netif, k);
        unsigned flags =
            netif_ip6_addr_isstatic(&uc_netif, k) ? IFA_F_PERMANENT : 0;
        if (!ip6_addr_isvalid(state) && !ip6_addr_istentative(state))
            continue;
        if (ip6_addr_istentative(state))
            flags |= IFA_F_TENTATIVE;
        tell_v6(n, asked, INTERFACE_DEVICE, ip->addr,
                ip6_addr_islinklocal(ip)   ? RT_SCOPE_LINK
                : ip6_addr_issitelocal(ip) ? RT_SCOPE_SITE
                                           : RT_SCOPE_UNIVERSE,
                64, flags);
    }
}

static void tell_addresses(struct netlink *n, const struct nlmsghdr *asked,
                           int family)
{
    for (int i = INTERFACE_LOOP; i <= uc_interface_last(); i++)
        if (family == AF_UNSPEC || family == AF_INET)
            tell_v4(n, asked, i);
    if (CFG_NET_IPV6 && (family == AF_UNSPEC || family == AF_INET6))
        tell_all_v6(n, asked);
}

static void refuse(struct netlink *n, const struct nlmsghdr *asked, int error)
{
    struct nlmsgerr about = {.error = error, .msg = *asked};
    struct nlmsghdr *h = begin(n, asked, NLMSG_ERROR, &about, sizeof about);

    if (h)
        h->nlmsg_flags = 0;
}

static void answer(struct netlink *n, const struct nlmsghdr *asked, int family)
{
    const int done = 0;

    if (!(asked->nlmsg_flags & NLM_F_REQUEST))
        return;
    if ((asked->nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP ||
        (asked->nlmsg_type != RTM_GETLINK &&
         asked->nlmsg_type != RTM_GETADDR)) {
        refuse(n, asked, -EOPNOTSUPP);
        return;
    }
    if (asked->nlmsg_type == RTM_GETLINK) {
        for (int i = INTERFACE_LOOP; i <= uc_interface_last(); i++)
            tell_link(n, asked, i);
    } else {
        if (uc_netif_exists)
            uc_net_wait_route(IP_ADDR_BROADCAST);
        tell_addresses(n, asked, family);
    }
    begin(n, asked, NLMSG_DONE, &done, sizeof done);
}

/* ---- calls ---- */

static long netlink_bind(struct file *f, const struct sockaddr *a, unsigned n)
{
    struct netlink *s = f->node;

    if (n < sizeof s->bound || a->sa_family != AF_NETLINK)
        return -EINVAL;
    memcpy(&s->bound, a, sizeof s->bound);
    if (!s->bound.nl_pid)
        s->bound.nl_pid = 1;
    return 0;
}

static long netlink_name(struct file *f, int peer, struct sockaddr *a)
{
    const struct netlink *n = f->node;
    const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};

    memcpy(a, peer ? &kernel : &n->bound, sizeof kernel);
    return sizeof kernel;
}

static long netlink_send(struct file *f, struct message *m, int flags)
{
    struct netlink *n = f->node;
    struct {
        struct nlmsghdr h;
        struct rtgenmsg g;
    } asked = {0};

    if (flags & MSG_OOB)
        return -EOPNOTSUPP;
    uc_message_get(m, 0, &asked,
                   sizeof asked < m->size ? sizeof asked : m->size);
    if (m->size < sizeof asked.h || asked.h.nlmsg_len > m->size ||
        asked.h.nlmsg_len < sizeof asked.h)
        return (long)m->size; /* as Linux: nobody answers */
    n->size = 0;
    answer(n, &asked.h, asked.g.rtgen_family);
    uc_queue_wake(&n->queue);
    return (long)m->size;
}

static long netlink_receive(struct file *f, struct message *m, int flags)
{
    struct netlink *n = f->node;
    uint64_t until = uc_socket_until(&n->s, false);

    while (!n->size) {
        long error = uc_socket_wait(f, &n->queue, flags, until);
        if (error)
            return error;
    }
    size_t size = n->size, given = size < m->size ? size : m->size;
    uc_message_put(m, 0, n->answer, given);
    if (m->name)
        m->name_size = (unsigned)netlink_name(f, true, m->name);
    m->control_size = 0;
    if (given < size)
        m->flags |= MSG_TRUNC;
    if (!(flags & MSG_PEEK))
        n->size = 0;
    return (long)(flags & MSG_TRUNC ? size : given);
}

static long netlink_set(struct file *f, int level, int name, const void *p,
                        unsigned n)
{
    (void)f, (void)name, (void)p, (void)n;
    return level == SOL_NETLINK ? 0 : -ENOPROTOOPT;
}

static unsigned netlink_poll(struct file *f)
{
    const struct netlink *n = f->node;

    return POLLOUT | POLLWRNORM | (n->size ? POLLIN | POLLRDNORM : 0);
}

static struct uc_queue *netlink_queue(struct file *f)
{
    struct netlink *n = f->node;

    return &n->queue;
}

static void netlink_release(struct file *f)
{
    struct netlink *n = f->node;

    uc_queue_wake(&n->queue);
    uc_kfree(n, sizeof *n);
}

static const struct socket_ops socket_ops = {
    .bind = netlink_bind,
    .send = netlink_send,
    .receive = netlink_receive,
    .name = netlink_name,
    .set = netlink_set,
};

static const struct file_ops ops = {
    .read = uc_socket_read,
    .write = uc_socket_write,
    .stat = uc_socket_stat,
    .ioctl = uc_inet_ioctl,
    .poll = netlink_poll,
    .queue = netlink_queue,
    .release = netlink_release,
    .socket = &socket_ops,
};

long uc_socket_netlink(int type, int protocol, struct file *f)
{
    if (type != SOCK_RAW && type != SOCK_DGRAM)
        return -ESOCKTNOSUPPORT;
    if (protocol != NETLINK_ROUTE)
        return -EPROTONOSUPPORT;
    struct netlink *n = uc_kalloc(sizeof *n);
    if (!n)
        return -ENOBUFS;
    uc_net_start();
    uc_socket_start(&n->s, AF_NETLINK, type, protocol);
    n->bound.nl_family = AF_NETLINK;
    f->node = n;
    f->ops = &ops;
    return 0;
}
