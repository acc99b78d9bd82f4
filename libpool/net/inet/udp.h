/* SPDX-License-Identifier: BSD-2-Clause */
/* udp.h: datagram sockets: udp.c, and their options, udp_options.c. */
#ifndef UC_INET_UDP_H
#define UC_INET_UDP_H

#include "inet.h"

struct datagram {
    struct datagram *next;
    struct pbuf *p;
    struct address from;
    ip_addr_t to;
};

struct group { /* that a socket has joined */
    struct group *next;
    ip_addr_t ip;
};

struct udp_socket {
    struct inet i;
    struct udp_pcb *pcb;
    struct address peer; /* port 0: not connected */
    struct datagram *first, **end;
    size_t held; /* bytes of memory in datagrams */
    bool shut_in, shut_out;
    struct group *groups;
    bool tells_target; /* IP_PKTINFO, IPV6_RECVPKTINFO */
};

long uc_udp_set(struct file *f, int level, int name, const void *p, unsigned n);
void uc_udp_leave_all(struct udp_socket *u);
long uc_udp_get(struct file *f, int level, int name, void *p, unsigned n);
/* Writes what the options ask for as control messages: their size. */
size_t uc_udp_control(const struct udp_socket *u, const struct datagram *d,
                      struct message *m);

#endif
