/* SPDX-License-Identifier: BSD-2-Clause */
/* packet.h: what the files of net/packet share. */
#ifndef UC_PACKET_H
#define UC_PACKET_H

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/poll.h>
#include <stdbool.h>
#include <uc/mem.h>
#include <uc/netdev.h>
#include <uc/socket.h>
#include <uc/string.h>

enum {
    DEVICE = 2, /* the number of the only interface, eth0, as in net/inet */
    VLAN = 4,   /* bytes of a tag, which a frame may have beside its MTU */
};

struct packet_socket {
    struct socket s;
    struct uc_queue queue;
    struct packet_socket *next;
    struct uc_netbuf *first, **end; /* have come, and were not read */
    size_t held;                    /* bytes that they take */
    uint16_t wanted;                /* protocol, as in a frame; 0: none */
    unsigned come, lost;            /* since somebody asked */
};

/* The device, started with the first socket; NULL: there is none. */
const struct uc_netdev *uc_packet_device(void);

/* ---- out.c: frames on their way out ---- */

long uc_packet_send(struct file *f, struct message *m, int flags);
bool uc_packet_can_send(void);

/* ---- option.c ---- */

long uc_packet_ioctl(struct file *f, unsigned long request, long arg);
long uc_packet_set(struct file *f, int level, int name, const void *p,
                   unsigned n);
long uc_packet_get(struct file *f, int level, int name, void *p, unsigned n);

extern struct packet_socket *uc_packet_sockets;

#endif
