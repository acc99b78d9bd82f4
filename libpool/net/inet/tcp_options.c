/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_options.c: options of stream sockets. They are kept in the socket, as a
 * listener has no control block that could hold them, and put into the block
 * of a connection.
 */
#include "inet.h"

#include <asm/socket.h>
#include <linux/tcp.h>
#include <lwip/priv/tcp_priv.h>

enum {
    MS = 1000,
    KEEP_IDLE = 7200,
    KEEP_INTERVAL = 75,
    KEEP_COUNT = 9,
    LEAST_SEGMENT = 88,
};

/* ---- into the control block ---- */

static bool has_block(const struct tcp_socket *t)
{
    return t->pcb && t->state != TCP_LISTENS;
}

static tcpwnd_size_t most_window(const struct tcp_socket *t)
{
    tcpwnd_size_t most = t->i.s.receive_room;

    if (most > TCP_WND)
        return TCP_WND;
    return most < 2 * TCP_MSS ? 2 * TCP_MSS : most;
}

/* A connection that begins has its listener's window from the first answer. */
void uc_net_window(struct tcp_pcb *p)
{
    const struct tcp_socket *l = p->callback_arg;

    if (!l)
        return;
    p->wnd_max = most_window(l);
    p->rcv_wnd = p->rcv_ann_wnd = TCP_WND_MAX(p);
}

void uc_tcp_set_window(struct tcp_socket *t)
{
    struct tcp_pcb *p = t->pcb;

    if (!has_block(t))
        return;
    p->wnd_max = most_window(t);
    if (t->state == TCP_CONNECTED)
        uc_tcp_fit_window(t);
    else
        p->rcv_wnd = p->rcv_ann_wnd = TCP_WND_MAX(p);
}

static void set_send_room(struct tcp_socket *t, unsigned before)
{
    struct tcp_pcb *p = t->pcb;

    if (!has_block(t))
        return;
    unsigned used = before > p->snd_buf ? before - p->snd_buf : 0;
    p->snd_buf = t->i.s.send_room > used ? t->i.s.send_room - used : 0;
}

static void set_keep(struct tcp_socket *t)
{
    struct tcp_pcb *p = t->pcb;

    if (!has_block(t))
        return;
    p->keep_idle = (t->keep_idle ? t->keep_idle : KEEP_IDLE) * MS;
    p->keep_intvl = (t->keep_interval ? t->keep_interval : KEEP_INTERVAL) * MS;
    p->keep_cnt = t->keep_count ? t->keep_count : KEEP_COUNT;
    if (t->i.s.options & UC_SOCKET_BIT(SO_KEEPALIVE))
        ip_set_option(p, SOF_KEEPALIVE);
    else
        ip_reset_option(p, SOF_KEEPALIVE);
}

static void set_delay(struct tcp_socket *t)
{
    if (!has_block(t))
        return;
    if (t->no_delay && !t->corked)
        tcp_nagle_disable(t->pcb);
    else
        tcp_nagle_enable(t->pcb);
    if (t->state == TCP_CONNECTED)
        uc_tcp_push(t);
}

void uc_tcp_inherit(struct tcp_socket *t, const struct tcp_socket *l)
{
    t->no_delay = l->no_delay;
    t->keep_idle = l->keep_idle;
    t->keep_interval = l->keep_interval;
    t->keep_count = l->keep_count;
    if (t->no_delay)
        tcp_nagle_disable(t->pcb);
    set_keep(t);
    uc_tcp_set_window(t);
}

/* ---- setsockopt ---- */

static long set_common(struct tcp_socket *t, int name, const void *p,
                       unsigned n)
{
    switch (name) {
    case SO_SNDBUF:
    case SO_SNDBUFFORCE:
        set_send_room(t, t->send_room);
        t->send_room = t->i.s.send_room;
        return 0;
    case SO_RCVBUF:
    case SO_RCVBUFFORCE:
        uc_tcp_set_window(t);
        return 0;
    case SO_KEEPALIVE:
        set_keep(t);
        return 0;
    default:
        return uc_inet_set(&t->i, t->pcb, SOL_SOCKET, name, p, n);
    }
}

/* A number of `least` to `most` for `to`. */
static long set_number(struct tcp_socket *t, unsigned *to, int value, int most)
{
    if (value < 1 || value > most)
        return -EINVAL;
    *to = (unsigned)value;
    set_keep(t);
    return 0;
}

static long set_congestion(const void *p, unsigned n)
{
    static const char only[] = "reno";

    if (n < 1)
        return -EINVAL;
    return n >= 4 && !memcmp(p, only, 4) && (n == 4 || !((const char *)p)[4])
               ? 0
               : -ENOENT;
}

static long set_tcp(struct tcp_socket *t, int name, int value)
{
    switch (name) {
    case TCP_NODELAY:
        t->no_delay = value;
        set_delay(t);
        return 0;
    case TCP_CORK:
        t->corked = value;
        set_delay(t);
        return 0;
    case TCP_KEEPIDLE:
        return set_number(t, &t->keep_idle, value, 32767);
    case TCP_KEEPINTVL:
        return set_number(t, &t->keep_interval, value, 32767);
    case TCP_KEEPCNT:
        return set_number(t, &t->keep_count, value, 127);
    case TCP_MAXSEG:
        if (value && (value < LEAST_SEGMENT || value > 32767))
            return -EINVAL;
        return 0;
    case TCP_DEFER_ACCEPT:
        t->defer = value;
        return 0;
    case TCP_USER_TIMEOUT:
        t->user_timeout = value;
        return value < 0 ? -EINVAL : 0;
    case TCP_QUICKACK:
    case TCP_SYNCNT:
    case TCP_WINDOW_CLAMP:
    case TCP_LINGER2:
        return 0;
    default:
        return -ENOPROTOOPT;
    }
}

long uc_tcp_set(struct file *f, int level, int name, const void *p, unsigned n)
{
    struct tcp_socket *t = f->node;
    int value;

    if (level == SOL_SOCKET)
        return set_common(t, name, p, n);
    if (level != IPPROTO_TCP)
        return uc_inet_set(&t->i, t->pcb, level, name, p, n);
    if (name == TCP_CONGESTION)
        return set_congestion(p, n);
    if (n < sizeof value)
        return -EINVAL;
    memcpy(&value, p, sizeof value);
    return set_tcp(t, name, value);
}

/* ---- getsockopt ---- */

static unsigned char state_number(const struct tcp_socket *t)
{
    static const unsigned char linux_state[] = {
        [CLOSED] = 7,      [LISTEN] = 10,    [SYN_SENT] = 2,   [SYN_RCVD] = 3,
        [ESTABLISHED] = 1, [FIN_WAIT_1] = 4, [FIN_WAIT_2] = 5, [CLOSE_WAIT] = 8,
        [CLOSING] = 11,    [LAST_ACK] = 9,   [TIME_WAIT] = 6,
    };

    return t->pcb ? linux_state[t->pcb->state] : linux_state[CLOSED];
}

static long get_info(const struct tcp_socket *t, void *p, unsigned n)
{
    struct tcp_info info;

    memset(&info, 0, sizeof info);
    info.tcpi_state = state_number(t);
    if (has_block(t)) {
        const struct tcp_pcb *b = t->pcb;
        const unsigned tick = TCP_SLOW_INTERVAL * MS;
        info.tcpi_retransmits = b->nrtx;
        info.tcpi_snd_mss = info.tcpi_rcv_mss = b->mss;
        info.tcpi_snd_cwnd = b->mss ? b->cwnd / b->mss : 0;
        info.tcpi_rto = (unsigned)b->rto * tick;
        info.tcpi_rtt = (unsigned)(b->sa >> 3) * tick;
        info.tcpi_rttvar = (unsigned)b->sv * tick;
        info.tcpi_rcv_space = b->rcv_wnd;
        info.tcpi_pmtu = uc_netif.mtu;
    } else if (t->state == TCP_LISTENS) {
        info.tcpi_unacked = t->waiting;
        info.tcpi_sacked = t->backlog;
    }
    if (n > sizeof info)
        n = sizeof info;
    memcpy(p, &info, n);
    return (long)n;
}

static int get_tcp(const struct tcp_socket *t, int name)
{
    switch (name) {
    case TCP_NODELAY:
        return t->no_delay;
    case TCP_CORK:
        return t->corked;
    case TCP_KEEPIDLE:
        return (int)(t->keep_idle ? t->keep_idle : KEEP_IDLE);
    case TCP_KEEPINTVL:
        return (int)(t->keep_interval ? t->keep_interval : KEEP_INTERVAL);
    case TCP_KEEPCNT:
        return (int)(t->keep_count ? t->keep_count : KEEP_COUNT);
    case TCP_MAXSEG:
        return has_block(t) && t->pcb->mss ? t->pcb->mss : 536;
    case TCP_DEFER_ACCEPT:
        return t->defer;
    case TCP_USER_TIMEOUT:
        return t->user_timeout;
    case TCP_QUICKACK:
        return 1;
    case TCP_SYNCNT:
        return TCP_SYNMAXRTX;
    default:
        return -1;
    }
}

long uc_tcp_get(struct file *f, int level, int name, void *p, unsigned n)
{
    const struct tcp_socket *t = f->node;

    if (level != IPPROTO_TCP)
        return uc_inet_get((struct inet *)f->node, t->pcb, level, name, p, n);
    if (name == TCP_INFO)
        return get_info(t, p, n);
    if (name == TCP_CONGESTION) {
        static const char only[16] = "reno";
        if (n > sizeof only)
            n = sizeof only;
        memcpy(p, only, n);
        return (long)n;
    }
    int value = get_tcp(t, name);
    return value < 0 ? -ENOPROTOOPT : uc_inet_write_int(value, p, n);
}
