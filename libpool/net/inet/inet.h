/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet.h: what the files of net/inet share.
 *
 * lwIP calls back while it takes in a packet, and while its timers run; both
 * happen in uc_net_poll() only, but for errors, which may also come while a
 * call of ours is in lwIP. A callback keeps what has come in the socket and
 * wakes its queue; it never blocks.
 *
 * CFG_NET_...: see ../lwip/component.
 */
#ifndef UC_INET_H
#define UC_INET_H

#include <lwip/opt.h>

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/poll.h>
#include <lwip/ip.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <stdbool.h>
#include <uc/clock.h>
#include <uc/mem.h>
#include <uc/netdev.h>
#include <uc/socket.h>
#include <uc/string.h>

struct tcp_pcb;
struct udp_pcb;

/* ---- the stack (start.c, device.c, timers.c, memory.c) ---- */

void uc_net_start(void); /* once; later calls do nothing */
uint64_t uc_net_poll(void);
/* Takes what the device has, without the timers: before a call gives up. */
void uc_net_look(void);
void uc_net_flush(void);      /* the device may send what it was given */
extern struct netif uc_netif; /* the device's */
extern bool uc_netif_exists;
void uc_net_device_start(void);
void uc_net_check_sums(bool check); /* of what comes in by the device next */
uint64_t uc_net_timers(void);       /* runs what is due: when the next is */
bool uc_net_memory_short(void);     /* half of what there may be is in use */

/* ---- addresses (address.c, config.c) ---- */

struct address {
    ip_addr_t ip;
    uint16_t port;
};

/* Of a socket of this family. `any`: 0.0.0.0 and :: are for binding. */
long uc_inet_read(const struct socket *s, bool only_v6,
                  const struct sockaddr *from, unsigned n, struct address *a);
/* The length. */
long uc_inet_write(int family, const struct address *a, struct sockaddr *to);
/* The address is one of ours, or any; a device still without one is waited
 * for. */
bool uc_inet_is_ours(const ip_addr_t *ip);
long uc_inet_error(err_t error);
/* Waits until there is a way to ip: 0, -ENETUNREACH, -EINTR. */
long uc_net_wait_route(const ip_addr_t *ip);
void uc_net_configure(void); /* gives the device its address, or starts DHCP */
uint32_t uc_net_server(unsigned n); /* 0 and 1: a name server's address, or 0 */
void uc_net_second(void);           /* each second: looks for the link */
extern struct uc_queue uc_net_configured; /* woken when an address comes */
long uc_inet_ioctl(struct file *f, unsigned long request, long arg);

/* ---- what both kinds of sockets have ---- */

struct inet {
    struct socket s;
    struct uc_queue queue;
    struct address bound; /* port 0: not yet */
    bool only_v6;
};

long uc_tcp_socket(int family, int protocol, struct file *f);
long uc_udp_socket(int family, int protocol, struct file *f);

/* Options that both have (options.c). */
long uc_inet_set(struct inet *i, void *pcb, int level, int name, const void *p,
                 unsigned n);
long uc_inet_get(struct inet *i, void *pcb, int level, int name, void *p,
                 unsigned n);
long uc_inet_read_int(const void *p, unsigned n, int *value);
long uc_inet_write_int(int value, void *p, unsigned n);

/* ---- tcp.c ---- */

enum tcp_socket_state {
    TCP_FRESH, /* not connected, maybe bound */
    TCP_LISTENS,
    TCP_CONNECTS,
    TCP_CONNECTED, /* and any time later */
};

struct tcp_socket {
    struct inet i;
    struct tcp_pcb *pcb; /* NULL: the connection is over */
    enum tcp_socket_state state;
    bool ended;    /* the peer sends no more */
    bool shut_in;  /* by us */
    bool shut_out; /* by us */
    bool corked;
    bool refused; /* the error of connect has been told */
    bool asked;   /* connect has not waited, and not yet said that it did it */
    bool no_delay;
    unsigned send_room;                            /* as put into pcb */
    unsigned keep_idle, keep_interval, keep_count; /* seconds; 0: default */
    int defer, user_timeout;                       /* kept, no more */
    struct address peer;
    struct pbuf *first, *last; /* has come and was not read, from `read` on */
    size_t read, received;     /* bytes */
    /* Of one that listens: those that have come; of those: the next. */
    struct tcp_socket *come, **come_end, *next, *listener;
    unsigned waiting, backlog;
};

/* Each second: forgets the oldest in TIME-WAIT, if they are many. */
void uc_tcp_trim(void);
/* Ends all connections, as closing does. */
void uc_tcp_end_all(void);
bool uc_tcp_busy(void); /* one has not yet got all across */
unsigned uc_tcp_poll(struct file *f);
long uc_tcp_send(struct file *f, struct message *m, int flags);
long uc_tcp_receive(struct file *f, struct message *m, int flags);
long uc_tcp_set(struct file *f, int level, int name, const void *p, unsigned n);
long uc_tcp_get(struct file *f, int level, int name, void *p, unsigned n);
void uc_tcp_push(struct tcp_socket *t); /* sends what is due */
unsigned uc_tcp_room(const struct tcp_socket *t);
/* A new connection has the options of who listened. */
void uc_tcp_inherit(struct tcp_socket *t, const struct tcp_socket *listener);
/* The window is what SO_RCVBUF says, as far as lwIP goes. */
void uc_tcp_set_window(struct tcp_socket *t);
/* As the bytes that wait to be read have it: by how much its end moved. */
uint32_t uc_tcp_fit_window(struct tcp_socket *t);
void uc_tcp_reopen_window(struct tcp_socket *t); /* and tells the peer */

#endif
