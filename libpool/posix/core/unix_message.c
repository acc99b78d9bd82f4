/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_message.c: what AF_UNIX sockets send and receive. A stream's bytes are
 * put together as long as nothing goes with them; a datagram is one piece.
 */
#include <asm/socket.h>
#include <linux/poll.h>

#include "unix.h"

enum {
    LEAST_ROOM = 4608, /* that SO_SNDBUF can be */
    READABLE = POLLIN | POLLPRI | POLLRDNORM | POLLRDBAND,
};

static void piece_free(struct piece *p)
{
    uc_unix_with_free(p->with);
    uc_piece_free(p);
}

void uc_unix_clear(struct unix_socket *u)
{
    while (u->in.first)
        piece_free(uc_pieces_take(&u->in));
    u->in_count = 0;
}

/* ---- sending ---- */

/* 0 if what u sends can come to `to` at all. */
static long can_send(const struct unix_socket *u, const struct unix_socket *to)
{
    if (u->shut[SHUT_WR])
        return -EPIPE;
    if (to->closed)
        return u->base.type == SOCK_DGRAM ? -ECONNREFUSED : -EPIPE;
    return to->shut[SHUT_RD] ? -EPIPE : 0;
}

/* A copy of n bytes of m as a piece of its own. */
static struct piece *copy(const struct message *m, size_t at, size_t n,
                          struct unix_with *with)
{
    struct piece *p = uc_piece_new(n);
    if (!p)
        return NULL;
    p->end = (unsigned)uc_message_get(m, at, p->data, n);
    p->with = with;
    p->whole = with;
    return p;
}

static void deliver(struct unix_socket *to, struct piece *p)
{
    uc_pieces_add(&to->in, p);
    to->in_count++;
    uc_queue_wake_for(&to->queue, READABLE);
}

static long wait_to_send(struct file *f, struct unix_socket *to, int flags,
                         uint64_t until)
{
    struct unix_socket *u = uc_unix_of(f);
    for (;;) {
        long error = can_send(u, to);
        if (error)
            return error;
        if (to->in.used < u->base.send_room &&
            (uc_unix_is_stream(u) || !uc_unix_full(to)))
            return 0;
        error = uc_socket_wait(f, u->peer == to ? &u->queue : &to->queue, flags,
                               until);
        if (error)
            return error;
    }
}

/* Adds to the last piece what fits there; then it is a new one. */
static size_t send_part(struct unix_socket *to, const struct message *m,
                        size_t at, size_t n, struct unix_with *with)
{
    struct piece *last = to->in.last;
    if (!with && last && !last->whole && last->end < last->room) {
        if (n > last->room - last->end)
            n = last->room - last->end;
        uc_message_get(m, at, last->data + last->end, n);
        last->end += (unsigned)n;
        to->in.used += n;
        uc_queue_wake_for(&to->queue, READABLE);
        return n;
    }
    if (n > PIECE_MOST)
        n = PIECE_MOST;
    struct piece *p = copy(m, at, n, with);
    if (!p)
        return 0;
    deliver(to, p);
    return n;
}

static long send_stream(struct file *f, struct message *m, int flags,
                        struct unix_with **with)
{
    struct unix_socket *u = uc_unix_of(f), *to = u->peer;
    uint64_t until = uc_socket_until(&u->base, true);
    size_t done = 0;
    if (m->name_size)
        return u->state == UNIX_CONNECTED ? -EISCONN : -EOPNOTSUPP;
    if (!to)
        return -ENOTCONN;
    if (u->shut[SHUT_WR])
        return -EPIPE;
    uc_unix_hold(to);
    long error = 0;
    while (done < m->size && !error) {
        error = wait_to_send(f, to, flags, until);
        if (error)
            break;
        size_t n = m->size - done, room = u->base.send_room - to->in.used;
        n = send_part(to, m, done, n < room ? n : room, *with);
        error = n ? 0 : -ENOMEM;
        done += n;
        if (n)
            *with = NULL;
    }
    uc_unix_drop(to);
    return done ? (long)done : error;
}

static long send_datagram(struct file *f, struct message *m, int flags,
                          struct unix_with **with)
{
    struct unix_socket *u = uc_unix_of(f), *to = u->peer;
    uint64_t until = uc_socket_until(&u->base, true);
    long error = 0;
    if (u->base.type == SOCK_SEQPACKET && u->state != UNIX_CONNECTED)
        return -ENOTCONN;
    if (m->size > u->base.send_room - 32)
        return -EMSGSIZE;
    error = uc_socket_error(&u->base);
    if (error)
        return error;
    if (u->shut[SHUT_WR])
        return -EPIPE;
    if (m->name && m->name_size && u->base.type == SOCK_DGRAM)
        error = uc_unix_find(m->name, m->name_size, SOCK_DGRAM, &to);
    if (error)
        return error;
    if (!to)
        return -ENOTCONN;
    if (to->peer && to->peer != u)
        return -EPERM;
    uc_unix_hold(to);
    error = wait_to_send(f, to, flags, until);
    struct piece *p = error ? NULL : copy(m, 0, m->size, *with);
    if (p) {
        p->whole = true;
        *with = NULL;
        deliver(to, p);
    } else if (!error) {
        error = -ENOMEM;
    }
    if (error == -ECONNREFUSED && u->peer == to)
        uc_unix_turn(u, NULL); /* once told, it is not connected */
    uc_unix_drop(to);
    return error ? error : (long)m->size;
}

long uc_unix_send(struct file *f, struct message *m, int flags)
{
    const struct unix_socket *u = uc_unix_of(f);
    struct unix_with *with = NULL;
    bool stream = uc_unix_is_stream(u);
    if (flags & MSG_OOB)
        return -EOPNOTSUPP;
    long error = uc_unix_with(m, stream ? NULL : &u->name, &with);
    if (error)
        return error;
    long result = stream ? send_stream(f, m, flags, &with)
                         : send_datagram(f, m, flags, &with);
    uc_unix_with_free(with);
    return result;
}

/* ---- receiving ---- */

static void set_name(struct message *m, const struct unix_name *name)
{
    m->name_size = 0;
    if (!m->name || !name || name->length == UNIX_HEAD)
        return;
    memcpy(m->name, &name->a, name->length);
    m->name_size = name->length;
}

static long wait_to_receive(struct file *f, int flags, uint64_t until)
{
    struct unix_socket *u = uc_unix_of(f);
    long error = uc_socket_error(&u->base);
    if (error)
        return error;
    if (u->shut[SHUT_RD])
        return 0;
    error = uc_socket_wait(f, &u->queue, flags, until);
    return error ? error : 1; /* look again */
}

/* Room has become free: who sends to u may go on. */
static void made_room(struct unix_socket *u, size_t before, bool was_full)
{
    struct unix_socket *peer = u->peer;
    if (peer && before != u->in.used && uc_unix_writable(peer))
        uc_queue_wake_for(&peer->queue, UNIX_WRITABLE);
    if (u->base.type != SOCK_DGRAM)
        return;
    if (was_full || before * 4 > LEAST_ROOM) {
        uc_unix_wake_senders(u);
        uc_queue_wake_for(&u->queue, 0); /* who sends to its name */
    }
}

static void take_first(struct unix_socket *u)
{
    u->in_count--;
    piece_free(uc_pieces_take(&u->in));
}

static void control(struct unix_socket *u, struct message *m,
                    struct unix_with *with, int flags)
{
    bool credentials = u->base.options & UC_SOCKET_BIT(SO_PASSCRED);
    uc_unix_control(m, with, credentials, flags);
}

/*
 * Stores what there is, up to a piece with something else: how many by now.
 * As in Linux, reading no bytes takes what goes with the first piece.
 */
static size_t take(struct unix_socket *u, struct message *m, size_t done,
                   int flags, struct unix_with **with)
{
    struct piece *p = u->in.first, *next;
    for (; p && !*with; p = done < m->size ? next : NULL) {
        size_t n = p->end - p->begin;
        next = p->next;
        if (n > m->size - done)
            n = m->size - done;
        uc_message_put(m, done, p->data + p->begin, n);
        done += n;
        *with = p->with;
        if (flags & MSG_PEEK)
            continue;
        p->with = NULL;
        p->begin += (unsigned)n;
        u->in.used -= n;
        if (p->begin == p->end)
            take_first(u);
    }
    return done;
}

static long receive_stream(struct file *f, struct message *m, int flags)
{
    struct unix_socket *u = uc_unix_of(f);
    uint64_t until = uc_socket_until(&u->base, false);
    size_t least = (size_t)u->base.receive_least, done = 0;
    struct unix_with *with = NULL;
    if (u->state != UNIX_CONNECTED)
        return -EINVAL;
    if (flags & MSG_WAITALL || least > m->size)
        least = m->size;
    if (!m->size)
        least = u->in.first ? 0 : 1; /* as in Linux, it waits */
    for (;;) {
        size_t before = u->in.used;
        done = take(u, m, done, flags, &with);
        made_room(u, before, false);
        if (done >= least || with || (flags & MSG_PEEK && done))
            break;
        long more = wait_to_receive(f, flags, until);
        if (more <= 0 && !done)
            m->control_size = 0;
        if (more <= 0 && !done)
            return more;
        if (more <= 0)
            break;
    }
    control(u, m, with, flags);
    if (!(flags & MSG_PEEK))
        uc_unix_with_free(with);
    return (long)done;
}

static long receive_datagram(struct file *f, struct message *m, int flags)
{
    struct unix_socket *u = uc_unix_of(f);
    uint64_t until = uc_socket_until(&u->base, false);
    if (u->base.type == SOCK_SEQPACKET && u->state != UNIX_CONNECTED)
        return -ENOTCONN;
    if (u->base.error) /* before what has come */
        return uc_socket_error(&u->base);
    while (!u->in.first) {
        bool waits = !(f->flags & O_NONBLOCK || flags & MSG_DONTWAIT);
        if (u->shut[SHUT_RD] && !waits && u->base.type == SOCK_DGRAM)
            return -EAGAIN; /* as in Linux */
        long more = wait_to_receive(f, flags, until);
        if (more <= 0) {
            m->control_size = m->name_size = 0;
            return more;
        }
    }
    struct piece *p = u->in.first;
    struct unix_with *with = p->with;
    size_t size = p->end - p->begin, n = size, before = u->in.used;
    bool was_full = uc_unix_full(u);
    if (n > m->size) {
        n = m->size;
        m->flags |= MSG_TRUNC;
    }
    uc_message_put(m, 0, p->data + p->begin, n);
    set_name(m, with ? with->name : NULL);
    control(u, m, with, flags);
    if (!(flags & MSG_PEEK)) {
        take_first(u);
        made_room(u, before, was_full);
    }
    return (long)(flags & MSG_TRUNC ? size : n);
}

long uc_unix_receive(struct file *f, struct message *m, int flags)
{
    const struct unix_socket *u = uc_unix_of(f);
    if (flags & MSG_OOB)
        return uc_unix_is_stream(u) ? -EINVAL : -EOPNOTSUPP;
    if (!uc_unix_is_stream(u))
        return receive_datagram(f, m, flags);
    set_name(m, u->peer ? &u->peer->name : NULL);
    return receive_stream(f, m, flags);
}
