/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * packet.c: sockets of AF_PACKET, SOCK_RAW. A frame that comes is kept in the
 * buffer in which it came until it is read; where there are several sockets
 * that want it, the others get copies. One that would take the driver's last
 * buffers, or more than SO_RCVBUF, is lost, and counted.
 */
#include "packet.h"

#include <asm/socket.h>
#include <uc/netbuf.h>
#include <uc/platform.h>

uint64_t uc_net_poll(void);

struct packet_socket *uc_packet_sockets;
static struct uc_netdev device;
static bool exists;

const struct uc_netdev *uc_packet_device(void)
{
    static bool started;

    if (!started) {
        started = true;
        exists = !uc_netdev_start(&device);
    }
    return exists ? &device : NULL;
}

uint64_t uc_net_poll(void)
{
    if (exists)
        uc_netdev_poll();
    return UINT64_MAX;
}

void uc_net_stop(void)
{
    enum {
        STEPS = 300,
        STEP_NS = 10000000
    };

    for (int i = 0; exists && uc_netdev_busy() && i < STEPS; i++) {
        uc_plat_wait(STEP_NS);
        uc_netdev_poll();
    }
}

/* ---- what comes ---- */

static uint16_t protocol_of(const struct uc_netbuf *b)
{
    uint16_t p;

    memcpy(&p, b->data + 2 * ETH_ALEN, sizeof p);
    return p;
}

static bool wants(const struct packet_socket *p, const struct uc_netbuf *b)
{
    return p->wanted == __builtin_bswap16(ETH_P_ALL) ||
           (p->wanted && p->wanted == protocol_of(b));
}

static bool keep(struct packet_socket *p, struct uc_netbuf *b)
{
    p->come++;
    if (b->scarce || p->held + UC_NETBUF_SIZE > p->s.receive_room) {
        p->lost++;
        return false;
    }
    p->held += UC_NETBUF_SIZE;
    b->next = NULL;
    *p->end = b;
    p->end = &b->next;
    uc_queue_wake_for(&p->queue, POLLIN);
    return true;
}

static void keep_copy(struct packet_socket *p, const struct uc_netbuf *b)
{
    struct uc_netbuf *copy = uc_netbuf_take();

    if (!copy) {
        p->come++;
        p->lost++;
        return;
    }
    copy->data = (char *)(copy + 1);
    copy->size = b->size;
    copy->scarce = b->scarce;
    memcpy(copy->data, b->data, b->size);
    if (!keep(p, copy))
        uc_netdev_give_back(copy);
}

void uc_net_received(struct uc_netbuf *b)
{
    struct packet_socket *first = NULL;
    bool kept = false;

    /* longer than a buffer: not asked for, and no frame of an Ethernet */
    if (!b->next && b->size >= ETH_HLEN &&
        b->size <= UC_NETBUF_SIZE - sizeof *b) {
        for (struct packet_socket *p = uc_packet_sockets; p; p = p->next)
            if (wants(p, b) && first)
                keep_copy(p, b);
            else if (wants(p, b))
                first = p;
        kept = first && keep(first, b);
    }
    for (struct uc_netbuf *next; b && !kept; b = next) {
        next = b->next;
        uc_netdev_give_back(b);
    }
}

static struct uc_netbuf *take(struct packet_socket *p)
{
    struct uc_netbuf *b = p->first;

    p->first = b->next;
    if (!p->first)
        p->end = &p->first;
    p->held -= UC_NETBUF_SIZE;
    return b;
}

static unsigned char kind_of(const uint8_t *frame)
{
    static const uint8_t all[ETH_ALEN] = {255, 255, 255, 255, 255, 255};

    if (!memcmp(frame, all, ETH_ALEN))
        return PACKET_BROADCAST;
    if (frame[0] & 1)
        return PACKET_MULTICAST;
    return memcmp(frame, device.mac, ETH_ALEN) ? PACKET_OTHERHOST : PACKET_HOST;
}

static void tell_from(struct message *m, const struct uc_netbuf *b)
{
    struct sockaddr_ll from = {.sll_family = AF_PACKET,
                               .sll_protocol = protocol_of(b),
                               .sll_ifindex = DEVICE,
                               .sll_hatype = 1,
                               .sll_pkttype = kind_of((const uint8_t *)b->data),
                               .sll_halen = ETH_ALEN};

    memcpy(from.sll_addr, b->data + ETH_ALEN, ETH_ALEN);
    memcpy(m->name, &from, sizeof from);
    m->name_size = sizeof from;
}

static long receive(struct file *f, struct message *m, int flags)
{
    struct packet_socket *p = f->node;
    uint64_t until = uc_socket_until(&p->s, false);

    while (!p->first) {
        long error = uc_socket_wait(f, &p->queue, flags, until);
        if (error && !p->first)
            return error;
    }
    struct uc_netbuf *b = p->first;
    size_t n = uc_message_put(m, 0, b->data, b->size);
    if (m->name)
        tell_from(m, b);
    m->control_size = 0;
    if (n < b->size)
        m->flags |= MSG_TRUNC;
    long result = (long)(flags & MSG_TRUNC ? b->size : n);
    if (!(flags & MSG_PEEK))
        uc_netdev_give_back(take(p));
    return result;
}

/* ---- the socket ---- */

static long bind(struct file *f, const struct sockaddr *a, unsigned n)
{
    struct packet_socket *p = f->node;
    const struct sockaddr_ll *to = (const struct sockaddr_ll *)(const void *)a;

    if (n < sizeof *to || to->sll_family != AF_PACKET)
        return -EINVAL;
    if (to->sll_ifindex && to->sll_ifindex != DEVICE)
        return -ENODEV;
    if (to->sll_protocol)
        p->wanted = to->sll_protocol;
    return 0;
}

static long name(struct file *f, int peer, struct sockaddr *a)
{
    const struct packet_socket *p = f->node;
    struct sockaddr_ll own = {.sll_family = AF_PACKET,
                              .sll_protocol = p->wanted,
                              .sll_ifindex = DEVICE,
                              .sll_hatype = 1,
                              .sll_halen = ETH_ALEN};

    if (peer)
        return -EOPNOTSUPP;
    memcpy(own.sll_addr, device.mac, ETH_ALEN);
    memcpy(a, &own, sizeof own);
    return sizeof own;
}

static unsigned state(struct file *f)
{
    const struct packet_socket *p = f->node;

    return (p->first ? POLLIN | POLLRDNORM : 0) |
           (uc_packet_can_send() ? POLLOUT | POLLWRNORM : 0);
}

static struct uc_queue *queue(struct file *f)
{
    return &((struct packet_socket *)f->node)->queue;
}

static void release(struct file *f)
{
    struct packet_socket *p = f->node, **at = &uc_packet_sockets;

    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    while (p->first)
        uc_netdev_give_back(take(p));
    uc_kfree(p, sizeof *p);
}

static const struct socket_ops socket_ops = {
    .bind = bind,
    .send = uc_packet_send,
    .receive = receive,
    .name = name,
    .set = uc_packet_set,
    .get = uc_packet_get,
};

static const struct file_ops ops = {
    .read = uc_socket_read,
    .write = uc_socket_write,
    .stat = uc_socket_stat,
    .ioctl = uc_packet_ioctl,
    .poll = state,
    .queue = queue,
    .release = release,
    .socket = &socket_ops,
};

long uc_socket_packet(int type, int protocol, struct file *f)
{
    if (type != SOCK_RAW)
        return -ESOCKTNOSUPPORT;
    struct packet_socket *p = uc_kalloc(sizeof *p);
    if (!p)
        return -ENOMEM;
    uc_packet_device();
    uc_socket_start(&p->s, AF_PACKET, type, protocol);
    p->wanted = (uint16_t)protocol;
    p->end = &p->first;
    p->next = uc_packet_sockets;
    uc_packet_sockets = p;
    f->ops = &ops;
    f->node = p;
    return 0;
}

/* ---- other families ---- */

long uc_socket_inet(int family, int type, int protocol, struct file *f)
{
    (void)family, (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}

long uc_socket_netlink(int type, int protocol, struct file *f)
{
    (void)type, (void)protocol, (void)f;
    return -EAFNOSUPPORT;
}

long uc_net_file(const char *path, struct file *f)
{
    (void)path, (void)f;
    return -ENOENT;
}
