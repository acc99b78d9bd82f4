/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_data.c: what goes through a connection. Sent bytes are copied once, into
 * the segment they leave in; received ones once, out of the frame they came
 * in. The window opens as they are read.
 */
#include "inet.h"

#include <lwip/priv/tcp_priv.h>
#include <lwip/tcp.h>

enum {
    SEND_ONCE = 0x8000, /* most bytes of one tcp_write */
    QUEUE_ROOM = 64     /* pbufs that a write may need on top */
};

/* ---- sending ---- */

/* A machine that is short of memory keeps little for each of many peers. */
unsigned uc_tcp_room(const struct tcp_socket *t)
{
    const struct tcp_pcb *p = t->pcb;

    if (!p || p->snd_queuelen > TCP_SND_QUEUELEN - QUEUE_ROOM)
        return 0;
    if (uc_net_memory_short() && (p->unsent || p->unacked))
        return 0;
    return p->snd_buf;
}

void uc_tcp_push(struct tcp_socket *t)
{
    const struct tcp_pcb *p = t->pcb;

    if (t->corked && p->unsent && !p->unsent->next && p->unsent->len < p->mss)
        return;
    tcp_output(t->pcb);
    uc_net_flush();
}

/* Why nothing can be sent now, or 0. */
static long send_state(struct tcp_socket *t)
{
    if (t->i.s.error)
        return uc_socket_error(&t->i.s);
    if (t->state == TCP_FRESH || t->state == TCP_LISTENS)
        return -EPIPE;
    if (t->shut_out || (t->state == TCP_CONNECTED && !t->pcb))
        return -EPIPE;
    return 0;
}

/* Queues what there is room for, from byte `at` on: bytes, or -ENOBUFS. */
static long queue(struct tcp_socket *t, const struct message *m, size_t at,
                  bool more)
{
    size_t start = at, before = 0, room = uc_tcp_room(t);

    for (size_t i = 0; i < m->count && room; i++) {
        const struct iovec *v = &m->parts[i];
        while (room && at < before + v->iov_len) {
            size_t n = before + v->iov_len - at;
            if (n > room)
                n = room;
            if (n > SEND_ONCE)
                n = SEND_ONCE;
            bool last = at + n == m->size && !more;
            err_t error = tcp_write(
                t->pcb, (char *)v->iov_base + (at - before), (u16_t)n,
                TCP_WRITE_FLAG_COPY | (last ? 0 : TCP_WRITE_FLAG_MORE));
            if (error)
                return at > start ? (long)(at - start) : -ENOBUFS;
            at += n;
            room -= n;
        }
        before += v->iov_len;
    }
    return (long)(at - start);
}

long uc_tcp_send(struct file *f, struct message *m, int flags)
{
    struct tcp_socket *t = f->node;
    uint64_t until = 0;
    size_t done = 0;
    bool more = t->corked || flags & MSG_MORE;

    if (flags & MSG_OOB)
        return -EOPNOTSUPP;
    for (;;) {
        long n = send_state(t);
        if (!n && t->state == TCP_CONNECTED)
            n = queue(t, m, done, more);
        if (n < 0 && n != -ENOBUFS)
            return done ? (long)done : n;
        if (n > 0)
            done += (size_t)n;
        if (done == m->size)
            break;
        if (t->pcb && t->state == TCP_CONNECTED)
            uc_tcp_push(t);
        /* nothing on its way would ever wake us */
        if (n == -ENOBUFS && t->pcb && !t->pcb->unsent && !t->pcb->unacked)
            return done ? (long)done : n;
        if (!until)
            until = uc_socket_until(&t->i.s, true);
        uc_net_look();
        if (t->state == TCP_CONNECTED && t->pcb && uc_tcp_room(t))
            continue;
        n = uc_socket_wait(f, &t->i.queue, flags, until);
        if (n)
            return done ? (long)done : n;
    }
    if (!more)
        uc_tcp_push(t);
    else if (t->pcb->unsent && t->pcb->unsent->next)
        tcp_output(t->pcb);
    return (long)done;
}

/* ---- receiving ---- */

/* Copies n bytes that have come to the message, and drops them if `take`. */
static void hand_over(struct tcp_socket *t, const struct message *m, size_t at,
                      size_t n, bool take, bool copy)
{
    struct pbuf *p = t->first;
    size_t skip = t->read;

    while (n) {
        size_t part = p->len - skip;
        if (part > n)
            part = n;
        if (copy)
            uc_message_put(m, at, (char *)p->payload + skip, part);
        at += part;
        n -= part;
        skip += part;
        if (skip < p->len)
            break;
        struct pbuf *next = p->next;
        if (take) {
            p->next = NULL;
            t->first = next;
            pbuf_free(p);
        }
        p = next;
        skip = 0;
    }
    if (take)
        t->read = skip;
}

/*
 * The window is what of SO_RCVBUF holds nothing unread, but its end, once told
 * to the peer, never goes back: the peer may have sent up to there, and would
 * wait for its own timer to send that again.
 */
uint32_t uc_tcp_fit_window(struct tcp_socket *t)
{
    struct tcp_pcb *p = t->pcb;
    tcpwnd_size_t most = TCP_WND_MAX(p), room = 0, told = 0;

    if (t->received < most)
        room = most - (tcpwnd_size_t)t->received;
    if (TCP_SEQ_GT(p->rcv_ann_right_edge, p->rcv_nxt))
        told = p->rcv_ann_right_edge - p->rcv_nxt;
    p->rcv_wnd = room > told ? room : told;
    return tcp_update_rcv_ann_wnd(p);
}

/* Bytes were read: the peer is told of the room as soon as it is worth it. */
void uc_tcp_reopen_window(struct tcp_socket *t)
{
    u32_t worth;

    if (!t->pcb)
        return;
    worth = TCP_WND_MAX(t->pcb) / 2;
    if (worth > TCP_WND_UPDATE_THRESHOLD)
        worth = TCP_WND_UPDATE_THRESHOLD;
    if (uc_tcp_fit_window(t) < worth)
        return;
    tcp_ack_now(t->pcb);
    tcp_output(t->pcb);
}

/* Bytes that may be read now; 0: the end; -EAGAIN: wait. */
static long readable(struct tcp_socket *t)
{
    if (t->received)
        return t->received < INT32_MAX ? (long)t->received : INT32_MAX;
    if (t->i.s.error)
        return uc_socket_error(&t->i.s);
    if (t->state == TCP_FRESH || t->state == TCP_LISTENS)
        return -ENOTCONN;
    return t->ended || t->shut_in ? 0 : -EAGAIN;
}

static long wait_readable(struct file *f, int flags, uint64_t until)
{
    struct tcp_socket *t = f->node;
    long n = readable(t);

    if (n == -EAGAIN) {
        uc_net_look();
        n = readable(t);
    }
    while (n == -EAGAIN) {
        long error = uc_socket_wait(f, &t->i.queue, flags, until);
        if (error)
            return error;
        n = readable(t);
    }
    return n;
}

long uc_tcp_receive(struct file *f, struct message *m, int flags)
{
    struct tcp_socket *t = f->node;
    uint64_t until = t->received ? 0 : uc_socket_until(&t->i.s, false);
    bool take = !(flags & MSG_PEEK);
    size_t done = 0;

    if (flags & MSG_OOB)
        return -EINVAL;
    m->name_size = 0;
    while (done < m->size || !m->size) {
        long n = wait_readable(f, flags, until);
        if (n <= 0)
            return done ? (long)done : n;
        if ((size_t)n > m->size - done)
            n = (long)(m->size - done);
        hand_over(t, m, done, (size_t)n, take, !(flags & MSG_TRUNC));
        if (take) {
            t->received -= (size_t)n;
            uc_tcp_reopen_window(t);
            uc_net_flush();
        }
        done += (size_t)n;
        if (!(flags & MSG_WAITALL) || !take || !m->size)
            break;
        until = uc_socket_until(&t->i.s, false);
    }
    return (long)done;
}

/* ---- what may be done without waiting ---- */

unsigned uc_tcp_poll(struct file *f)
{
    const struct tcp_socket *t = f->node;
    unsigned bits = t->i.s.error ? POLLERR : 0;

    if (t->state == TCP_LISTENS)
        return t->come ? POLLIN | POLLRDNORM : 0;
    if (t->state == TCP_CONNECTS)
        return bits;
    if (t->state == TCP_FRESH)
        return bits | POLLOUT | POLLWRNORM | POLLHUP;
    if (t->received || t->ended || t->shut_in)
        bits |= POLLIN | POLLRDNORM;
    if (t->ended || t->shut_in)
        bits |= POLLRDHUP;
    if (!t->pcb || ((t->ended || t->shut_in) && t->shut_out))
        bits |= POLLHUP;
    if (!t->pcb || t->shut_out || uc_tcp_room(t) >= t->i.s.send_room / 3)
        bits |= POLLOUT | POLLWRNORM;
    return bits;
}
