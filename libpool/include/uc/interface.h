/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.h: what requests about interfaces carry: <linux/if.h> has it, too,
 * and insists on a libc. */
#ifndef UC_INTERFACE_H
#define UC_INTERFACE_H

#include <uc/socket.h>

enum {
    IFNAMSIZ = 16,
    IFF_UP = 1,
    IFF_BROADCAST = 2,
    IFF_LOOPBACK = 8,
    IFF_RUNNING = 0x40,
    IFF_PROMISC = 0x100,
    IFF_MULTICAST = 0x1000,
    KIND_LOOP = 772, /* <linux/if_arp.h> */
    KIND_ETHERNET = 1,
};
struct ifreq {
    char name[IFNAMSIZ];
    union {
        struct sockaddr address;
        short flags;
        int value;
        char room[24];
    } u;
};

#endif
