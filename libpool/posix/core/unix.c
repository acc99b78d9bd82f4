/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix.c: sockets of AF_UNIX, within the one process: connections and states.
 * A socket that is passed through itself is never freed.
 */
#include "unix.h"

#include <asm/ioctls.h>
#include <asm/socket.h>
#include <linux/poll.h>

extern const int CFG_NET;

enum {
    BACKLOG_MOST = 4096
};

static struct unix_socket *all;
static const struct file_ops unix_file_ops;

struct unix_socket *uc_unix_of(struct file *f)
{
    return f->node;
}

bool uc_unix_is_stream(const struct unix_socket *u)
{
    return u->base.type == SOCK_STREAM;
}

static bool connects(const struct unix_socket *u)
{
    return u->base.type != SOCK_DGRAM;
}

struct credentials uc_unix_self(void)
{
    return (struct credentials){SELF, (unsigned)uc_sys_geteuid(),
                                (unsigned)uc_sys_getegid()};
}

/* ---- making and ending ---- */

static struct unix_socket *unix_new(int type)
{
    struct unix_socket *u = uc_kalloc(sizeof *u);
    if (!u)
        return NULL;
    uc_socket_start(&u->base, AF_UNIX, type, 0);
    u->refs = 1;
    u->name.length = UNIX_HEAD;
    u->name.a.sun_family = AF_UNIX;
    u->peer_is = (struct credentials){0, ~0u, ~0u};
    u->next = all;
    u->link = &all;
    if (all)
        all->link = &u->next;
    all = u;
    return u;
}

void uc_unix_hold(struct unix_socket *u)
{
    u->refs++;
}

void uc_unix_drop(struct unix_socket *u)
{
    if (u && !--u->refs)
        uc_kfree(u, sizeof *u);
}

static void set_peer(struct unix_socket *u, struct unix_socket *peer)
{
    struct unix_socket *old = u->peer;
    if (peer)
        uc_unix_hold(peer);
    u->peer = peer;
    uc_unix_drop(old);
}

void uc_unix_turn(struct unix_socket *u, struct unix_socket *peer)
{
    struct unix_socket *old = u->peer;
    if (old && old != peer) {
        bool unread = u->in_count;
        uc_unix_clear(u);
        if (unread && !old->closed && old->peer == u) {
            old->base.error = ECONNRESET;
            uc_queue_wake(&old->queue);
        }
        uc_unix_wake_senders(u);
    }
    set_peer(u, peer);
    u->state = peer ? UNIX_CONNECTED : UNIX_CLOSED;
}

static void leave_lists(struct unix_socket *u)
{
    *u->link = u->next;
    if (u->next)
        u->next->link = u->link;
    uc_unix_unbind(u);
}

/* `reset`: nobody has accepted it. */
static void unix_end(struct unix_socket *u, bool reset)
{
    struct unix_socket *peer = u->peer;
    reset |= u->in_count != 0;
    u->closed = true;
    u->shut[SHUT_RD] = u->shut[SHUT_WR] = true;
    leave_lists(u);
    while (u->accepting) {
        struct unix_socket *new = u->accepting;
        u->accepting = new->next_accepting;
        unix_end(new, true);
        uc_unix_drop(new);
    }
    if (peer && connects(u)) {
        peer->shut[SHUT_RD] = peer->shut[SHUT_WR] = true;
        peer->base.error = reset ? ECONNRESET : peer->base.error;
        uc_queue_wake(&peer->queue);
    }
    uc_unix_wake_senders(u);
    uc_unix_clear(u);
    set_peer(u, NULL);
    uc_queue_wake(&u->queue);
}

static void unix_release(struct file *f)
{
    struct unix_socket *u = uc_unix_of(f);
    unix_end(u, false);
    uc_unix_drop(u);
}

static long type_of(int type, int protocol)
{
    if (protocol && protocol != AF_UNIX)
        return -EPROTONOSUPPORT;
    if (type == SOCK_RAW)
        type = SOCK_DGRAM; /* as in Linux */
    if (type != SOCK_STREAM && type != SOCK_DGRAM && type != SOCK_SEQPACKET)
        return -ESOCKTNOSUPPORT;
    return type;
}

long uc_socket_unix(int type, int protocol, struct file *f)
{
    long kind = type_of(type, protocol);
    if (kind < 0)
        return kind;
    f->ops = &unix_file_ops;
    f->node = unix_new((int)kind);
    return f->node ? 0 : -ENOMEM;
}

static void join(struct unix_socket *a, struct unix_socket *b)
{
    set_peer(a, b);
    set_peer(b, a);
    a->state = b->state = UNIX_CONNECTED;
    a->peer_is = b->peer_is = uc_unix_self();
}

long uc_socket_unix_pair(int type, int protocol, struct file *f[2])
{
    long error = uc_socket_unix(type, protocol, f[0]);
    if (error)
        return error;
    error = uc_socket_unix(type, protocol, f[1]);
    if (error) {
        unix_release(f[0]);
        return error;
    }
    join(uc_unix_of(f[0]), uc_unix_of(f[1]));
    return 0;
}

/* ---- connections ---- */

static long connect_datagram(struct unix_socket *u, const struct sockaddr *a,
                             unsigned n)
{
    struct unix_socket *to = NULL;
    if (a->sa_family != AF_UNSPEC) {
        long error = uc_unix_find(a, n, SOCK_DGRAM, &to);
        if (error)
            return error;
        if (to->peer && to->peer != u)
            return -EPERM;
    }
    uc_unix_turn(u, to);
    return 0;
}

/* The listener of that name, when it takes one more. */
static long find_listener(struct file *f, const struct sockaddr *a, unsigned n,
                          struct unix_socket **found)
{
    struct unix_socket *u = uc_unix_of(f);
    uint64_t until = uc_socket_until(&u->base, true);
    for (;;) {
        long error = uc_unix_find(a, n, u->base.type, found);
        if (error)
            return error;
        struct unix_socket *l = *found;
        if (l->state != UNIX_LISTENING || l->shut[SHUT_RD])
            return -ECONNREFUSED;
        if (l->waiting <= l->backlog)
            return 0;
        uc_unix_hold(l);
        error = uc_socket_wait(f, &l->queue, 0, until);
        uc_unix_drop(l);
        if (error)
            return error;
    }
}

static long unix_connect(struct file *f, const struct sockaddr *a, unsigned n)
{
    struct unix_socket *u = uc_unix_of(f), *l, **end;
    if (!connects(u))
        return connect_datagram(u, a, n);
    long error = find_listener(f, a, n, &l);
    if (error)
        return error;
    if (u->state != UNIX_CLOSED)
        return u->state == UNIX_CONNECTED ? -EISCONN : -EINVAL;
    struct unix_socket *new = unix_new(u->base.type);
    if (!new)
        return -ENOMEM;
    join(u, new);
    new->name = l->name;
    for (end = &l->accepting; *end; end = &(*end)->next_accepting)
        ;
    *end = new;
    l->waiting++;
    uc_queue_wake_for(&l->queue, POLLIN | POLLRDNORM);
    return 0;
}

static long unix_listen(struct file *f, int backlog)
{
    struct unix_socket *u = uc_unix_of(f);
    if (!connects(u))
        return -EOPNOTSUPP;
    if (u->name.length == UNIX_HEAD || u->state == UNIX_CONNECTED)
        return -EINVAL;
    u->backlog =
        (unsigned)backlog > BACKLOG_MOST ? BACKLOG_MOST : (unsigned)backlog;
    u->state = UNIX_LISTENING;
    u->peer_is = uc_unix_self();
    return 0;
}

static long unix_accept(struct file *f, struct file *to)
{
    struct unix_socket *u = uc_unix_of(f);
    uint64_t until = uc_socket_until(&u->base, false);
    if (!connects(u))
        return -EOPNOTSUPP;
    if (u->state != UNIX_LISTENING)
        return -EINVAL;
    while (!u->accepting) {
        if (u->shut[SHUT_RD])
            return -EINVAL;
        long error = uc_socket_wait(f, &u->queue, 0, until);
        if (error)
            return error;
    }
    struct unix_socket *new = u->accepting;
    u->accepting = new->next_accepting;
    if (u->waiting-- > u->backlog)
        uc_queue_wake(&u->queue); /* who waits to connect */
    to->ops = &unix_file_ops;
    to->node = new;
    return 0;
}

static long unix_shutdown(struct file *f, int how)
{
    struct unix_socket *u = uc_unix_of(f), *peer = connects(u) ? u->peer : NULL;
    bool rd = how != SHUT_WR, wr = how != SHUT_RD;
    u->shut[SHUT_RD] |= rd;
    u->shut[SHUT_WR] |= wr;
    if (peer) {
        peer->shut[SHUT_WR] |= rd;
        peer->shut[SHUT_RD] |= wr;
        uc_queue_wake(&peer->queue);
    }
    uc_queue_wake(&u->queue);
    return 0;
}

/* ---- states ---- */

bool uc_unix_writable(const struct unix_socket *u)
{
    const struct unix_socket *to = u->peer;
    return u->state != UNIX_LISTENING &&
           (!to || to->in.used * 4 <= u->base.send_room);
}

bool uc_unix_full(const struct unix_socket *u)
{
    return u->in_count >= UNIX_DATAGRAMS;
}

void uc_unix_wake_senders(const struct unix_socket *u)
{
    if (connects(u))
        return;
    for (struct unix_socket *s = all; s; s = s->next)
        if (s->peer == u)
            uc_queue_wake_for(&s->queue, UNIX_WRITABLE);
}

static unsigned unix_poll(struct file *f)
{
    const struct unix_socket *u = uc_unix_of(f);
    bool rd = u->shut[SHUT_RD], wr = u->shut[SHUT_WR];
    unsigned bits = u->base.error ? POLLERR : 0;
    if (rd && wr)
        bits |= POLLHUP;
    if (rd)
        bits |= POLLRDHUP | POLLIN | POLLRDNORM;
    if (u->in_count || u->in.used || u->accepting)
        bits |= POLLIN | POLLRDNORM;
    if (connects(u) && u->state == UNIX_CLOSED)
        bits |= POLLHUP;
    bool full = u->base.type == SOCK_DGRAM && u->peer && u->peer->peer != u &&
                uc_unix_full(u->peer);
    if (uc_unix_writable(u) && !full)
        bits |= POLLOUT | POLLWRNORM | POLLWRBAND;
    return bits;
}

static struct uc_queue *unix_queue(struct file *f)
{
    return &uc_unix_of(f)->queue;
}

static long unix_ioctl(struct file *f, unsigned long request, long arg)
{
    const struct unix_socket *u = uc_unix_of(f);
    const struct piece *first = u->in.first;
    switch (request) {
    case FIONREAD:
        if (u->state == UNIX_LISTENING)
            return -EINVAL;
        *(int *)arg = connects(u) ? (int)u->in.used
                      : first     ? (int)(first->end - first->begin)
                                  : 0;
        return 0;
    case TIOCOUTQ:
        *(int *)arg = u->peer ? (int)u->peer->in.used : 0;
        return 0;
    default: /* libc's if_nametoindex asks a socket of this kind */
        return CFG_NET ? uc_net_ioctl(request, arg) : -ENOTTY;
    }
}

static long unix_get(struct file *f, int level, int name, void *p, unsigned n)
{
    const struct unix_socket *u = uc_unix_of(f);
    if (level != SOL_SOCKET)
        return -EOPNOTSUPP;
    if (name != SO_PEERCRED)
        return -ENOPROTOOPT;
    if (n > sizeof u->peer_is)
        n = sizeof u->peer_is;
    memcpy(p, &u->peer_is, n);
    return n;
}

const struct socket_ops uc_unix_ops = {
    .bind = uc_unix_bind,
    .connect = unix_connect,
    .listen = unix_listen,
    .accept = unix_accept,
    .send = uc_unix_send,
    .receive = uc_unix_receive,
    .shutdown = unix_shutdown,
    .name = uc_unix_name,
    .get = unix_get,
};

static const struct file_ops unix_file_ops = {
    .read = uc_socket_read,
    .write = uc_socket_write,
    .stat = uc_socket_stat,
    .ioctl = unix_ioctl,
    .poll = unix_poll,
    .queue = unix_queue,
    .release = unix_release,
    .socket = &uc_unix_ops,
};
