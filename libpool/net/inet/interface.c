/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interface.c: requests about sockets and interfaces: lo is number 1, eth0 the
 * device, number 2.
 */
#include "inet.h"

#include <asm/ioctls.h>
#include <linux/sockios.h>
#include <lwip/etharp.h>
#include <lwip/priv/tcp_priv.h>
#include <uc/interface.h>

#include "interface.h"
#include "udp.h"

struct ifconf {
    int size;
    struct ifreq *list;
};

enum {
    LOOP = INTERFACE_LOOP,
    DEVICE = INTERFACE_DEVICE,
    LOOP_MTU = 65536,
};

static const char names[][IFNAMSIZ] = {[LOOP] = "lo", [DEVICE] = "eth0"};

static int by_name(const char *name)
{
    for (int i = LOOP; i <= DEVICE; i++)
        if (!memcmp(name, names[i], strlen(names[i]) + 1))
            return i == LOOP || uc_netif_exists ? i : 0;
    return 0;
}

static void put_address(struct sockaddr *to, uint32_t address)
{
    struct address a = {.port = 0};

    ip_addr_set_ip4_u32(&a.ip, address);
    uc_inet_write(AF_INET, &a, to);
}

int uc_interface_last(void)
{
    return uc_netif_exists ? DEVICE : LOOP;
}

const char *uc_interface_name(int i)
{
    return names[i];
}

uint32_t uc_interface_address(int i)
{
    return i == LOOP ? PP_HTONL(IPADDR_LOOPBACK)
                     : netif_ip4_addr(&uc_netif)->addr;
}

uint32_t uc_interface_mask(int i)
{
    return i == LOOP ? PP_HTONL(0xff000000)
                     : netif_ip4_netmask(&uc_netif)->addr;
}

short uc_interface_flags(int i)
{
    if (i == LOOP)
        return IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
    return (short)(IFF_UP | IFF_BROADCAST | IFF_MULTICAST |
                   (netif_is_link_up(&uc_netif) ? IFF_RUNNING : 0));
}

unsigned uc_interface_mtu(int i)
{
    return i == LOOP ? LOOP_MTU : uc_netif.mtu;
}

unsigned short uc_interface_kind(int i)
{
    return i == LOOP ? KIND_LOOP : KIND_ETHERNET;
}

static long list(struct ifconf *c)
{
    struct ifreq *r = c->list;
    size_t room = (size_t)c->size / sizeof *r, n = 0;

    for (int i = LOOP; i <= uc_interface_last(); i++) {
        if (r && n == room)
            break;
        if (r) {
            memset(&r[n], 0, sizeof *r);
            memcpy(r[n].name, names[i], IFNAMSIZ);
            put_address(&r[n].u.address, uc_interface_address(i));
        }
        n++;
    }
    c->size = (int)(n * sizeof *r);
    return 0;
}

static long about_one(struct ifreq *r, unsigned long request)
{
    int i = request == SIOCGIFNAME ? r->u.value : by_name(r->name);
    struct sockaddr *a = &r->u.address;

    if (i < LOOP || i > uc_interface_last())
        return -ENODEV;
    switch (request) {
    case SIOCGIFNAME:
        memcpy(r->name, names[i], IFNAMSIZ);
        return 0;
    case SIOCGIFINDEX:
        r->u.value = i;
        return 0;
    case SIOCGIFFLAGS:
        r->u.flags = uc_interface_flags(i);
        return 0;
    case SIOCGIFMTU:
        r->u.value = (int)uc_interface_mtu(i);
        return 0;
    case SIOCGIFHWADDR:
        memset(a, 0, sizeof *a);
        a->sa_family = uc_interface_kind(i);
        if (i == DEVICE)
            memcpy(a->sa_data, uc_netif.hwaddr, ETH_HWADDR_LEN);
        return 0;
    case SIOCGIFADDR:
        put_address(a, uc_interface_address(i));
        return uc_interface_address(i) ? 0 : -EADDRNOTAVAIL;
    case SIOCGIFNETMASK:
        put_address(a, uc_interface_mask(i));
        return 0;
    default: /* SIOCGIFBRDADDR */
        put_address(
            a, i == LOOP ? 0 : uc_interface_address(i) | ~uc_interface_mask(i));
        return 0;
    }
}

/* Bytes that wait: to be read, of a datagram the first's; or to be sent. */
static int waiting(struct file *f, bool out)
{
    const struct inet *i = f->node;

    if (CFG_NET_TCP && i->s.type == SOCK_STREAM) {
        const struct tcp_socket *t = f->node;
        if (!out)
            return (int)t->received;
        return t->pcb && t->state == TCP_CONNECTED
                   ? (int)(t->pcb->snd_lbb - t->pcb->lastack)
                   : 0;
    }
    const struct udp_socket *u = f->node;
    return !out && u->first ? u->first->p->tot_len : 0;
}

long uc_net_ioctl(unsigned long request, long arg)
{
    switch (request) {
    case SIOCGIFCONF:
        return list((struct ifconf *)arg);
    case SIOCGIFNAME:
    case SIOCGIFINDEX:
    case SIOCGIFFLAGS:
    case SIOCGIFMTU:
    case SIOCGIFHWADDR:
    case SIOCGIFADDR:
    case SIOCGIFNETMASK:
    case SIOCGIFBRDADDR:
        uc_net_start();
        return about_one((struct ifreq *)arg, request);
    default:
        return -ENOTTY;
    }
}

long uc_inet_ioctl(struct file *f, unsigned long request, long arg)
{
    switch (request) {
    case FIONREAD:
    case SIOCOUTQ:
        *(int *)arg = waiting(f, request == SIOCOUTQ);
        return 0;
    default:
        return uc_net_ioctl(request, arg);
    }
}
