/* SPDX-License-Identifier: BSD-2-Clause */
/* option.c: options of packet sockets, and requests about the interface. */
#include "packet.h"

#include <asm/ioctls.h>
#include <linux/sockios.h>
#include <uc/interface.h>

enum {
    SOL_PACKET = 263
};

static const char eth0[IFNAMSIZ] = "eth0";
static bool all; /* frames for others are wanted */

static long want_all(void)
{
    if (!uc_packet_device())
        return -ENODEV;
    if (!all && !uc_netdev_all())
        return -EOPNOTSUPP;
    all = true;
    return 0;
}

/* Frames to groups come in any case. */
long uc_packet_set(struct file *f, int level, int name, const void *p,
                   unsigned n)
{
    struct packet_mreq m;

    (void)f;
    if (level != SOL_PACKET)
        return -ENOPROTOOPT;
    if (name == PACKET_IGNORE_OUTGOING)
        return 0; /* it is never shown */
    if (name != PACKET_ADD_MEMBERSHIP)
        return -ENOPROTOOPT;
    if (n < sizeof m)
        return -EINVAL;
    memcpy(&m, p, sizeof m);
    if (m.mr_ifindex != DEVICE)
        return -ENODEV;
    return m.mr_type == PACKET_MR_PROMISC ? want_all() : 0;
}

long uc_packet_get(struct file *f, int level, int name, void *p, unsigned n)
{
    struct packet_socket *s = f->node;
    struct tpacket_stats stats = {s->come, s->lost};

    if (level != SOL_PACKET || name != PACKET_STATISTICS)
        return -ENOPROTOOPT;
    s->come = s->lost = 0;
    if (n > sizeof stats)
        n = sizeof stats;
    memcpy(p, &stats, n);
    return n;
}

static short flags(void)
{
    return (short)(IFF_UP | IFF_BROADCAST | IFF_MULTICAST |
                   (all ? IFF_PROMISC : 0) |
                   (uc_netdev_up() ? IFF_RUNNING : 0));
}

long uc_net_ioctl(unsigned long request, long arg)
{
    struct ifreq *r = (struct ifreq *)arg;
    const struct uc_netdev *d;

    switch (request) {
    case SIOCGIFNAME:
    case SIOCGIFINDEX:
    case SIOCGIFFLAGS:
    case SIOCGIFMTU:
    case SIOCGIFHWADDR:
        break;
    default:
        return -ENOTTY;
    }
    d = uc_packet_device();
    if (!d || (request == SIOCGIFNAME ? r->u.value != DEVICE
                                      : memcmp(r->name, eth0, sizeof "eth0")))
        return -ENODEV;
    if (request == SIOCGIFNAME)
        memcpy(r->name, eth0, sizeof eth0);
    else if (request == SIOCGIFINDEX)
        r->u.value = DEVICE;
    else if (request == SIOCGIFFLAGS)
        r->u.flags = flags();
    else if (request == SIOCGIFMTU)
        r->u.value = (int)d->mtu;
    else {
        memset(&r->u, 0, sizeof r->u);
        r->u.address.sa_family = KIND_ETHERNET;
        memcpy(r->u.address.sa_data, d->mac, sizeof d->mac);
    }
    return 0;
}

long uc_packet_ioctl(struct file *f, unsigned long request, long arg)
{
    const struct packet_socket *p = f->node;

    if (request != FIONREAD)
        return uc_net_ioctl(request, arg);
    *(int *)arg = p->first ? (int)p->first->size : 0;
    return 0;
}
