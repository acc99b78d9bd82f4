/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * out.c: a frame to send is copied, as the device reads it later than the
 * program writes the next one. There are so many buffers that a full ring of a
 * card does not wait for the program.
 */
#include "packet.h"

enum {
    MOST = 128,
    HALF = UC_PAGE / 2,
};

struct out {
    struct out *next;
    char head[UC_NETDEV_HEAD]; /* the driver's */
    char frame[HALF - UC_NETDEV_HEAD - sizeof(struct out *)];
};

static struct out *free_ones;
static unsigned made;

static bool make(void)
{
    char *page = made < MOST ? uc_pages_alloc(1, false) : NULL;

    for (int i = 0; page && i < 2; i++) {
        struct out *o = (struct out *)(void *)(page + i * HALF);
        o->next = free_ones;
        free_ones = o;
        made++;
    }
    return page;
}

bool uc_packet_can_send(void)
{
    return free_ones || made < MOST;
}

void uc_net_sent(void *token)
{
    struct out *o = token;
    bool was_full = !uc_packet_can_send();

    o->next = free_ones;
    free_ones = o;
    if (!was_full)
        return;
    for (struct packet_socket *p = uc_packet_sockets; p; p = p->next)
        uc_queue_wake_for(&p->queue, POLLOUT);
}

/* One that is free, or -errno in *error; what is gone is looked for first. */
static struct out *take(struct file *f, int flags, long *error)
{
    struct packet_socket *p = f->node;
    uint64_t until = uc_socket_until(&p->s, true);
    struct out *o;

    if (!free_ones && made >= MOST)
        uc_netdev_busy();
    while (!free_ones && !make()) {
        *error = made ? uc_socket_wait(f, &p->queue, flags, until) : -ENOBUFS;
        if (*error && !free_ones)
            return NULL;
    }
    o = free_ones;
    free_ones = o->next;
    return o;
}

static long check_address(const struct message *m)
{
    const struct sockaddr_ll *to = (const void *)m->name;

    if (!to)
        return 0;
    if (m->name_size < sizeof *to)
        return -EINVAL;
    return to->sll_ifindex == DEVICE ? 0 : -ENXIO;
}

long uc_packet_send(struct file *f, struct message *m, int flags)
{
    const struct uc_netdev *d = uc_packet_device();
    long error = check_address(m);

    if (error)
        return error;
    if (!d)
        return -ENXIO;
    if (m->size < ETH_HLEN)
        return -EINVAL;
    if (m->size > d->mtu + ETH_HLEN + VLAN)
        return -EMSGSIZE;
    struct out *o = take(f, flags, &error);
    if (!o)
        return error;
    uc_message_get(m, 0, o->frame, m->size);
    const struct uc_netdev_part part = {o->frame, m->size};
    const struct uc_netdev_frame frame = {
        .parts = &part, .count = 1, .token = o};
    error = uc_netdev_send(&frame);
    if (error) {
        o->next = free_ones;
        free_ones = o;
        return error;
    }
    uc_netdev_flush();
    return (long)m->size;
}
