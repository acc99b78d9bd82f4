/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * udp.c: datagram sockets. What comes is kept in the frame it came in, until
 * the memory that SO_RCVBUF allows is used; then it is dropped, as in Linux.
 */
#include "udp.h"

#include <asm/socket.h>
#include <lwip/icmp.h>
#include <lwip/prot/ip4.h>
#include <lwip/prot/ip6.h>
#include <lwip/prot/udp.h>
#include <lwip/udp.h>

enum {
    OVERHEAD = 512, /* what a datagram takes beside its bytes */
    MOST = 65507,   /* bytes of a datagram */
};

/* ---- what the stack says ---- */

static void on_receive(void *arg, struct udp_pcb *pcb, struct pbuf *p,
                       const ip_addr_t *from, u16_t port)
{
    struct udp_socket *u = arg;
    struct datagram *d = NULL;

    (void)pcb;
    if (u->held + p->tot_len + OVERHEAD <= u->i.s.receive_room && !u->shut_in &&
        !uc_net_memory_short())
        d = uc_kalloc(sizeof *d);
    if (!d) {
        pbuf_free(p);
        return;
    }
    d->p = p;
    d->from = (struct address){*from, port};
    d->to = *ip_current_dest_addr();
    u->held += p->tot_len + OVERHEAD;
    *u->end = d;
    u->end = &d->next;
    uc_queue_wake(&u->i.queue);
}

static void refuse(const ip_addr_t *to, uint16_t from_port, uint16_t to_port,
                   int error)
{
    for (struct udp_pcb *p = udp_pcbs; p; p = p->next) {
        struct udp_socket *u = p->recv_arg;
        if (p->recv != on_receive || p->local_port != from_port ||
            p->remote_port != to_port || !(p->flags & UDP_FLAGS_CONNECTED) ||
            !ip_addr_cmp_zoneless(&p->remote_ip, to))
            continue;
        u->i.s.error = error;
        uc_queue_wake(&u->i.queue);
    }
}

/* p: an ICMP message of one of ours that did not arrive, with its beginning. */
void uc_net_unreachable(const struct pbuf *p)
{
    static const uint8_t errors[] = {ENETUNREACH, EHOSTUNREACH, ENOPROTOOPT,
                                     ECONNREFUSED};
    const uint8_t *icmp = p->payload;
    const struct ip_hdr *ip = (const struct ip_hdr *)(icmp + 8);
    ip_addr_t to;

    if (!CFG_NET_UDP || p->len < 8 + IP_HLEN || icmp[1] >= sizeof errors ||
        IPH_PROTO(ip) != IP_PROTO_UDP || IPH_HL_BYTES(ip) < IP_HLEN ||
        p->len < 8 + IPH_HL_BYTES(ip) + UDP_HLEN)
        return;
    const struct udp_hdr *udp =
        (const struct udp_hdr *)(icmp + 8 + IPH_HL_BYTES(ip));
    ip_addr_copy_from_ip4(to, ip->dest);
    refuse(&to, lwip_ntohs(udp->src), lwip_ntohs(udp->dest), errors[icmp[1]]);
}

void uc_net_unreachable6(const struct pbuf *p)
{
    static const uint8_t errors[] = {ENETUNREACH, EACCES, EHOSTUNREACH,
                                     EHOSTUNREACH, ECONNREFUSED};
    const uint8_t *icmp = p->payload;
    const struct ip6_hdr *ip = (const struct ip6_hdr *)(icmp + 8);
    ip_addr_t to;

    if (!CFG_NET_UDP || p->len < 8 + IP6_HLEN + UDP_HLEN ||
        icmp[1] >= sizeof errors || IP6H_NEXTH(ip) != IP_PROTO_UDP)
        return;
    const struct udp_hdr *udp = (const struct udp_hdr *)(icmp + 8 + IP6_HLEN);
    ip_addr_copy_from_ip6_packed(to, ip->dest);
    refuse(&to, lwip_ntohs(udp->src), lwip_ntohs(udp->dest), errors[icmp[1]]);
}

/* ---- names ---- */

static long udp_name(struct file *f, int peer, struct sockaddr *to)
{
    struct udp_socket *u = f->node;

    if (peer && !u->peer.port)
        return -ENOTCONN;
    struct address a = {u->pcb->local_ip, u->pcb->local_port};
    return uc_inet_write(u->i.s.family, peer ? &u->peer : &a, to);
}

static long udp_socket_bind(struct file *f, const struct sockaddr *from,
                            unsigned n)
{
    struct udp_socket *u = f->node;
    struct address a;
    long error = uc_inet_read(&u->i.s, u->i.only_v6, from, n, &a);
    const ip_addr_t *ip = &a.ip;

    if (error)
        return error;
    if (u->pcb->local_port)
        return -EINVAL;
    if (!uc_inet_is_ours(ip))
        return -EADDRNOTAVAIL;
    if (u->i.s.family == AF_INET6 && !u->i.only_v6 && IP_IS_V6(ip) &&
        ip_addr_isany(ip))
        ip = IP_ANY_TYPE;
    error = uc_inet_error(udp_bind(u->pcb, ip, a.port));
    if (error)
        return error == -EADDRNOTAVAIL ? -EADDRINUSE : error;
    u->i.bound = (struct address){*ip, u->pcb->local_port};
    return 0;
}

static long udp_socket_connect(struct file *f, const struct sockaddr *from,
                               unsigned n)
{
    struct udp_socket *u = f->node;
    struct address a;

    if (from->sa_family == AF_UNSPEC) {
        udp_disconnect(u->pcb);
        u->peer.port = 0;
        return 0;
    }
    long error = uc_inet_read(&u->i.s, u->i.only_v6, from, n, &a);
    if (!error)
        error = uc_net_wait_route(&a.ip);
    if (error)
        return error;
    error = uc_inet_error(udp_connect(u->pcb, &a.ip, a.port));
    if (error)
        return error;
    if (ip_addr_isany(&u->pcb->local_ip)) { /* as Linux: it has a name now */
        struct netif *way = ip_route(&u->pcb->local_ip, &a.ip);
        const ip_addr_t *own = way ? ip_netif_get_local_ip(way, &a.ip) : NULL;
        if (own)
            ip_addr_copy(u->pcb->local_ip, *own);
    }
    u->peer = a;
    return 0;
}

/* ---- data ---- */

static long send_error(err_t error)
{
    return error == ERR_RTE   ? -ENETUNREACH
           : error == ERR_VAL ? -EAFNOSUPPORT
           : error == ERR_BUF ? -EAGAIN
                              : uc_inet_error(error);
}

static long udp_send_message(struct file *f, struct message *m, int flags)
{
    struct udp_socket *u = f->node;
    struct address to = u->peer;

    if (flags & MSG_OOB)
        return -EOPNOTSUPP;
    if (u->shut_out)
        return -EPIPE;
    long error = uc_socket_error(&u->i.s);
    if (!error && m->name)
        error = uc_inet_read(&u->i.s, u->i.only_v6, m->name, m->name_size, &to);
    if (error)
        return error;
    if (!u->pcb->local_port)
        error = uc_inet_error(udp_bind(u->pcb, &u->pcb->local_ip, 0));
    if (error)
        return error;
    if (!to.port)
        return m->name ? -EINVAL : -EDESTADDRREQ;
    if (m->size > MOST)
        return -EMSGSIZE;
    if (ip_addr_isany(&to.ip)) /* Linux: this machine */
        ip_addr_set_loopback(IP_IS_V6(&to.ip), &to.ip);
    error = uc_net_wait_route(&to.ip);
    if (error)
        return error;
    if (ip_addr_isbroadcast(&to.ip, &uc_netif) &&
        !(u->i.s.options & UC_SOCKET_BIT(SO_BROADCAST)))
        return -EACCES;
    struct pbuf *p = pbuf_alloc(PBUF_TRANSPORT, (u16_t)m->size, PBUF_RAM);
    if (!p)
        return -ENOBUFS;
    uc_message_get(m, 0, p->payload, m->size);
    err_t result = udp_sendto(u->pcb, p, &to.ip, to.port);
    pbuf_free(p);
    uc_net_flush();
    return result == ERR_OK || result == ERR_MEM ? (long)m->size
                                                 : send_error(result);
}

static void drop_first(struct udp_socket *u)
{
    struct datagram *d = u->first;

    u->first = d->next;
    if (!u->first)
        u->end = &u->first;
    u->held -= d->p->tot_len + OVERHEAD;
    pbuf_free(d->p);
    uc_kfree(d, sizeof *d);
}

static long wait_for_one(struct file *f, int flags)
{
    struct udp_socket *u = f->node;
    uint64_t until = u->first ? 0 : uc_socket_until(&u->i.s, false);

    if (!u->first)
        uc_net_look();
    while (!u->first) {
        if (u->i.s.error)
            return uc_socket_error(&u->i.s);
        if (u->shut_in)
            return 0;
        long error = uc_socket_wait(f, &u->i.queue, flags, until);
        if (error)
            return error;
    }
    return 1;
}

static long udp_receive_message(struct file *f, struct message *m, int flags)
{
    struct udp_socket *u = f->node;

    if (flags & MSG_OOB)
        return -EINVAL;
    if (flags & MSG_ERRQUEUE)
        return -EAGAIN;
    long ready = wait_for_one(f, flags);
    if (ready <= 0)
        return ready;
    struct datagram *d = u->first;
    size_t n = d->p->tot_len, at = 0;
    for (struct pbuf *p = d->p; p && at < m->size; p = p->next)
        at += uc_message_put(m, at, p->payload, p->len);
    if (m->name)
        m->name_size =
            (unsigned)uc_inet_write(u->i.s.family, &d->from, m->name);
    m->control_size = m->control ? uc_udp_control(u, d, m) : 0;
    if (n > m->size)
        m->flags |= MSG_TRUNC;
    if (!(flags & MSG_PEEK))
        drop_first(u);
    return (long)(flags & MSG_TRUNC || n < m->size ? n : m->size);
}

/* ---- the rest ---- */

static long udp_socket_shutdown(struct file *f, int how)
{
    struct udp_socket *u = f->node;

    if (!u->peer.port)
        return -ENOTCONN;
    u->shut_in |= how != SHUT_WR;
    u->shut_out |= how != SHUT_RD;
    uc_queue_wake(&u->i.queue);
    return 0;
}

static unsigned udp_poll_bits(struct file *f)
{
    const struct udp_socket *u = f->node;
    unsigned bits = POLLOUT | POLLWRNORM;

    if (u->i.s.error)
        bits |= POLLERR;
    if (u->first || u->shut_in)
        bits |= POLLIN | POLLRDNORM;
    if (u->shut_in)
        bits |= POLLRDHUP | (u->shut_out ? POLLHUP : 0);
    return bits;
}

static struct uc_queue *udp_queue(struct file *f)
{
    struct udp_socket *u = f->node;

    return &u->i.queue;
}

static void udp_release(struct file *f)
{
    struct udp_socket *u = f->node;

    while (u->first)
        drop_first(u);
    if (CFG_NET_MULTICAST)
        uc_udp_leave_all(u);
    udp_remove(u->pcb);
    uc_queue_wake(&u->i.queue);
    uc_kfree(u, sizeof *u);
}

static const struct socket_ops socket_ops = {
    .bind = udp_socket_bind,
    .connect = udp_socket_connect,
    .send = udp_send_message,
    .receive = udp_receive_message,
    .shutdown = udp_socket_shutdown,
    .name = udp_name,
    .set = uc_udp_set,
    .get = uc_udp_get,
};

static const struct file_ops ops = {
    .read = uc_socket_read,
    .write = uc_socket_write,
    .stat = uc_socket_stat,
    .ioctl = uc_inet_ioctl,
    .poll = udp_poll_bits,
    .queue = udp_queue,
    .release = udp_release,
    .socket = &socket_ops,
};

long uc_udp_socket(int family, int protocol, struct file *f)
{
    struct udp_socket *u;
    bool v6 = CFG_NET_IPV6 && family == AF_INET6;

    if (protocol && protocol != IPPROTO_UDP)
        return -EPROTONOSUPPORT;
    u = uc_kalloc(sizeof *u);
    if (!u)
        return -ENOBUFS;
    uc_socket_start(&u->i.s, family, SOCK_DGRAM, IPPROTO_UDP);
    u->end = &u->first;
    u->pcb = udp_new_ip_type(v6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
    if (!u->pcb) {
        uc_kfree(u, sizeof *u);
        return -ENOBUFS;
    }
    udp_recv(u->pcb, on_receive, u);
    f->node = u;
    f->ops = &ops;
    return 0;
}
