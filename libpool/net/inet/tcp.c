/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp.c: stream sockets: from the first call to the last. tcp_data.c sends and
 * receives.
 *
 * The socket and lwIP's control block know each other until one of them goes:
 * an error frees the block and tells the socket, closing the socket leaves the
 * block to itself, which ends the connection as the protocol has it.
 */
#include "inet.h"

#include <asm/socket.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/tcp.h>

extern const struct file_ops uc_tcp_ops;

/* ---- what the stack says ---- */

static err_t on_receive(void *arg, struct tcp_pcb *pcb, struct pbuf *p,
                        err_t error)
{
    struct tcp_socket *t = arg;

    (void)error;
    if (p && p->tot_len > pcb->mss) /* more than one, in a frame */
        tcp_ack_now(pcb);
    if (!p) {
        t->ended = true;
    } else if (t->shut_in) {
        pbuf_free(p);
        uc_tcp_reopen_window(t);
        return ERR_OK;
    } else {
        t->received += p->tot_len;
        if (t->first)
            t->last->next = p;
        else
            t->first = p;
        while (p->next)
            p = p->next;
        t->last = p;
    }
    uc_queue_wake(&t->i.queue);
    return ERR_OK;
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t n)
{
    struct tcp_socket *t = arg;

    (void)pcb, (void)n;
    if (t->i.queue.first && uc_tcp_room(t) >= t->i.s.send_room / 3)
        uc_queue_wake(&t->i.queue);
    return ERR_OK;
}

/* The control block is gone. */
static void on_error(void *arg, err_t error)
{
    struct tcp_socket *t = arg;

    if (!t)
        return;
    t->pcb = NULL;
    if (t->state == TCP_CONNECTS)
        t->i.s.error = error == ERR_RST ? ECONNREFUSED : ETIMEDOUT;
    else if (error != ERR_CLSD && !(t->ended && t->shut_out))
        t->i.s.error =
            error == ERR_RST && t->ended ? EPIPE : (int)-uc_inet_error(error);
    t->state = TCP_CONNECTED;
    t->ended = true;
    uc_queue_wake(&t->i.queue);
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t error)
{
    struct tcp_socket *t = arg;

    (void)pcb, (void)error;
    t->state = TCP_CONNECTED;
    uc_queue_wake(&t->i.queue);
    return ERR_OK;
}

static void adopt(struct tcp_socket *t, struct tcp_pcb *pcb)
{
    t->pcb = pcb;
    tcp_arg(pcb, t);
    tcp_recv(pcb, on_receive);
    tcp_sent(pcb, on_sent);
    tcp_err(pcb, on_error);
    pcb->snd_buf = t->send_room = t->i.s.send_room;
}

/* A connection is made: it waits for accept. */
static err_t on_accept(void *arg, struct tcp_pcb *pcb, err_t error)
{
    struct tcp_socket *l = arg, *t;

    if (!l || !pcb || error)
        return ERR_VAL;
    if (l->waiting > l->backlog)
        return ERR_MEM;
    t = uc_kalloc(sizeof *t);
    if (!t)
        return ERR_MEM;
    uc_socket_start(&t->i.s, l->i.s.family, SOCK_STREAM, IPPROTO_TCP);
    t->i.s.options = l->i.s.options & ~UC_SOCKET_BIT(SO_ACCEPTCONN);
    t->i.s.send_room = l->i.s.send_room;
    t->i.s.receive_room = l->i.s.receive_room;
    t->i.s.linger = l->i.s.linger;
    t->i.only_v6 = l->i.only_v6;
    t->state = TCP_CONNECTED;
    t->i.bound = (struct address){pcb->local_ip, pcb->local_port};
    t->peer = (struct address){pcb->remote_ip, pcb->remote_port};
    t->listener = l;
    adopt(t, pcb);
    pcb->tos = l->pcb->tos;
    pcb->ttl = l->pcb->ttl;
    uc_tcp_inherit(t, l);
    *l->come_end = t;
    l->come_end = &t->next;
    l->waiting++;
    uc_queue_wake(&l->i.queue);
    return ERR_OK;
}

/* ---- names ---- */

/* What the connection was set up with, or the name that bind gave. */
static long tcp_name(struct file *f, int peer, struct sockaddr *to)
{
    struct tcp_socket *t = f->node;

    if (!peer)
        return uc_inet_write(t->i.s.family, &t->i.bound, to);
    if (peer == 1 && (t->state != TCP_CONNECTED || !t->pcb))
        return -ENOTCONN;
    return uc_inet_write(t->i.s.family, &t->peer, to);
}

static long bind_to(struct tcp_socket *t, const struct address *a)
{
    const ip_addr_t *ip = &a->ip;

    /* an IPv6 socket for any address is one for both versions */
    if (t->i.s.family == AF_INET6 && !t->i.only_v6 && IP_IS_V6(ip) &&
        ip_addr_isany(ip))
        ip = IP_ANY_TYPE;
    if (t->i.s.options & UC_SOCKET_BIT(SO_REUSEADDR))
        ip_set_option(t->pcb, SOF_REUSEADDR);
    long error = uc_inet_error(tcp_bind(t->pcb, ip, a->port));
    if (error)
        return error == -EADDRNOTAVAIL ? -EADDRINUSE : error;
    t->i.bound = (struct address){*ip, t->pcb->local_port};
    return 0;
}

static long tcp_socket_bind(struct file *f, const struct sockaddr *from,
                            unsigned n)
{
    struct tcp_socket *t = f->node;
    struct address a;
    long error = uc_inet_read(&t->i.s, t->i.only_v6, from, n, &a);

    if (error)
        return error;
    if (t->state != TCP_FRESH || t->i.bound.port)
        return -EINVAL;
    if (ip_addr_ismulticast(&a.ip) || !uc_inet_is_ours(&a.ip))
        return -EADDRNOTAVAIL;
    return bind_to(t, &a);
}

/* ---- connecting ---- */

static long connect_state(struct tcp_socket *t)
{
    if (t->i.s.error) {
        t->refused = true;
        return uc_socket_error(&t->i.s);
    }
    if (t->state == TCP_CONNECTS)
        return -EALREADY;
    if (t->asked) { /* it has come about since */
        t->asked = false;
        return 0;
    }
    return t->pcb || !t->refused ? -EISCONN : -ECONNABORTED;
}

static long start_connecting(struct tcp_socket *t, const struct address *a)
{
    if (ip_addr_isany(&a->ip)) /* Linux: this machine */
        return -ECONNREFUSED;
    if (ip_addr_ismulticast(&a->ip))
        return -ENETUNREACH;
    if (t->i.s.options & UC_SOCKET_BIT(SO_REUSEADDR))
        ip_set_option(t->pcb, SOF_REUSEADDR);
    long error =
        uc_inet_error(tcp_connect(t->pcb, &a->ip, a->port, on_connected));
    if (error)
        return error;
    t->state = TCP_CONNECTS;
    t->peer = *a;
    t->i.bound = (struct address){t->pcb->local_ip, t->pcb->local_port};
    return 0;
}

static long tcp_socket_connect(struct file *f, const struct sockaddr *from,
                               unsigned n)
{
    struct tcp_socket *t = f->node;
    struct address a;
    uint64_t until = uc_socket_until(&t->i.s, true);
    long error = uc_inet_read(&t->i.s, t->i.only_v6, from, n, &a);

    if (error)
        return error;
    if (t->state != TCP_FRESH)
        return connect_state(t);
    error = uc_net_wait_route(&a.ip);
    if (!error)
        error = start_connecting(t, &a);
    if (error)
        return error;
    uc_net_flush();
    if (f->flags & O_NONBLOCK) {
        t->asked = true;
        return -EINPROGRESS;
    }
    while (t->state == TCP_CONNECTS) {
        error = uc_socket_wait(f, &t->i.queue, 0, until);
        if (error)
            return error == -EAGAIN ? (t->asked = true, -EINPROGRESS) : error;
    }
    if (t->i.s.error)
        return connect_state(t);
    return 0;
}

/* ---- being connected to ---- */

static long tcp_socket_listen(struct file *f, int backlog)
{
    enum {
        MOST = 4096 /* as Linux's somaxconn */
    };
    struct tcp_socket *t = f->node;

    if (t->state != TCP_FRESH && t->state != TCP_LISTENS)
        return -EINVAL;
    t->backlog = (unsigned)backlog > MOST ? MOST : (unsigned)backlog;
    if (t->state == TCP_LISTENS)
        return 0;
    if (!t->i.bound.port) {
        struct address any = {*IP4_ADDR_ANY, 0};
        if (CFG_NET_IPV6 && t->i.s.family == AF_INET6)
            any.ip = *IP6_ADDR_ANY;
        long error = bind_to(t, &any);
        if (error)
            return error;
    }
    err_t error;
    struct tcp_pcb *pcb = tcp_listen_with_backlog_and_err(t->pcb, 255, &error);
    if (!pcb)
        return uc_inet_error(error);
    t->pcb = pcb;
    t->state = TCP_LISTENS;
    t->come_end = &t->come;
    tcp_accept(pcb, on_accept);
    return 0;
}

static long tcp_socket_accept(struct file *f, struct file *to)
{
    struct tcp_socket *l = f->node;

    if (l->state != TCP_LISTENS)
        return -EINVAL;
    if (!l->come)
        uc_net_look();
    uint64_t until = uc_socket_until(&l->i.s, false);
    while (!l->come) {
        long error = uc_socket_wait(f, &l->i.queue, 0, until);
        if (error)
            return error;
        if (l->state != TCP_LISTENS)
            return -EINVAL;
    }
    struct tcp_socket *t = l->come;
    l->come = t->next;
    if (!l->come)
        l->come_end = &l->come;
    l->waiting--;
    t->listener = NULL;
    to->node = t;
    to->ops = &uc_tcp_ops;
    return 0;
}

/* ---- the end ---- */

static void forget_received(struct tcp_socket *t)
{
    if (t->first)
        pbuf_free(t->first);
    t->first = t->last = NULL;
    t->received = t->read = 0;
}

static void end_connection(struct tcp_socket *t)
{
    struct tcp_pcb *pcb = t->pcb;
    bool reset = t->received || !t->i.s.linger;

    if (!pcb)
        return;
    t->pcb = NULL;
    tcp_arg(pcb, NULL);
    if (t->state != TCP_LISTENS) {
        tcp_recv(pcb, NULL);
        tcp_sent(pcb, NULL);
        tcp_err(pcb, NULL);
    }
    if (t->state == TCP_CONNECTED) /* else lwIP takes it for unread bytes */
        pcb->rcv_wnd = TCP_WND_MAX(pcb);
    if (t->state == TCP_CONNECTED && reset)
        tcp_abort(pcb);
    else if (tcp_close(pcb) != ERR_OK)
        tcp_abort(pcb);
}

static void stop_listening(struct tcp_socket *l)
{
    while (l->come) {
        struct tcp_socket *t = l->come;
        l->come = t->next;
        t->i.s.linger = 0; /* nobody has accepted it: reset */
        end_connection(t);
        forget_received(t);
        uc_kfree(t, sizeof *t);
    }
    l->come_end = &l->come;
    l->waiting = 0;
    end_connection(l);
}

static long tcp_socket_shutdown(struct file *f, int how)
{
    struct tcp_socket *t = f->node;

    if (t->state == TCP_LISTENS && how != SHUT_WR) {
        stop_listening(t);
        t->state = TCP_FRESH;
        t->pcb = tcp_new_ip_type(t->i.s.family == AF_INET6 && CFG_NET_IPV6
                                     ? IPADDR_TYPE_ANY
                                     : IPADDR_TYPE_V4);
        uc_queue_wake(&t->i.queue);
        return t->pcb ? 0 : -ENOBUFS;
    }
    if (t->state != TCP_CONNECTED || !t->pcb)
        return -ENOTCONN;
    if (how != SHUT_WR)
        t->shut_in = true;
    if (how != SHUT_RD && !t->shut_out) {
        t->shut_out = true;
        t->corked = false;
        tcp_shutdown(t->pcb, 0, 1);
        uc_net_flush();
    }
    uc_queue_wake(&t->i.queue);
    return 0;
}

/* With SO_LINGER, waits until all has arrived, or for that time. */
static void linger(struct file *f)
{
    struct tcp_socket *t = f->node;

    if (t->i.s.linger <= 0 || !t->pcb || t->received ||
        t->state != TCP_CONNECTED)
        return;
    tcp_shutdown(t->pcb, 0, 1);
    uint64_t until = uc_deadline((uint64_t)t->i.s.linger * 1000000000);
    while (t->pcb && (t->pcb->unsent || t->pcb->unacked))
        if (uc_wait(&t->i.queue, until, false))
            return;
}

static void tcp_release(struct file *f)
{
    struct tcp_socket *t = f->node;

    linger(f);
    if (t->state == TCP_LISTENS)
        stop_listening(t);
    else
        end_connection(t);
    forget_received(t);
    uc_net_flush();
    uc_queue_wake(&t->i.queue);
    uc_kfree(t, sizeof *t);
}

void uc_tcp_end_all(void)
{
    struct tcp_pcb *p = tcp_active_pcbs;

    while (p) {
        struct tcp_socket *t = p->callback_arg;
        struct tcp_pcb *next = p->next;
        if (t && p->recv == on_receive) {
            t->i.s.linger = -1;
            end_connection(t);
        }
        p = next;
    }
}

bool uc_tcp_busy(void)
{
    for (struct tcp_pcb *p = tcp_active_pcbs; p; p = p->next)
        if (p->unsent || p->unacked)
            return true;
    return false;
}

/* ---- state ---- */

static struct uc_queue *tcp_queue(struct file *f)
{
    struct tcp_socket *t = f->node;

    return &t->i.queue;
}

static const struct socket_ops socket_ops = {
    .bind = tcp_socket_bind,
    .connect = tcp_socket_connect,
    .listen = tcp_socket_listen,
    .accept = tcp_socket_accept,
    .send = uc_tcp_send,
    .receive = uc_tcp_receive,
    .shutdown = tcp_socket_shutdown,
    .name = tcp_name,
    .set = uc_tcp_set,
    .get = uc_tcp_get,
};

const struct file_ops uc_tcp_ops = {
    .read = uc_socket_read,
    .write = uc_socket_write,
    .stat = uc_socket_stat,
    .ioctl = uc_inet_ioctl,
    .poll = uc_tcp_poll,
    .queue = tcp_queue,
    .release = tcp_release,
    .socket = &socket_ops,
};

long uc_tcp_socket(int family, int protocol, struct file *f)
{
    struct tcp_socket *t;

    if (protocol && protocol != IPPROTO_TCP)
        return -EPROTONOSUPPORT;
    t = uc_kalloc(sizeof *t);
    if (!t)
        return -ENOBUFS;
    uc_socket_start(&t->i.s, family, SOCK_STREAM, IPPROTO_TCP);
    struct tcp_pcb *pcb = tcp_new_ip_type(
        CFG_NET_IPV6 && family == AF_INET6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
    if (!pcb) {
        uc_kfree(t, sizeof *t);
        return -ENOBUFS;
    }
    if (CFG_NET_IPV6 && family == AF_INET6)
        t->i.bound.ip = *IP6_ADDR_ANY;
    adopt(t, pcb);
    f->node = t;
    f->ops = &uc_tcp_ops;
    return 0;
}
