/* SPDX-License-Identifier: BSD-2-Clause */
/* message.c: system calls that send and receive. */
#include <linux/signal.h>
#include <linux/time.h>
#include <uc/clock.h>
#include <uc/signal.h>

#include "socket_core.h"

/* The kernel's. */
struct msghdr {
    void *name;
    int name_size;
    struct iovec *parts;
    size_t count;
    void *control;
    size_t control_size;
    unsigned flags;
};
struct mmsghdr {
    struct msghdr head;
    unsigned size;
};

enum {
    MESSAGES = 1024, /* of one call, as in Linux */
};

/* ---- between messages and memory ---- */

static size_t copy(const struct message *m, size_t at, char *p, size_t n,
                   bool put)
{
    size_t done = 0;
    for (size_t i = 0; i < m->count && done < n; i++) {
        size_t length = m->parts[i].iov_len;
        if (at >= length) {
            at -= length;
            continue;
        }
        char *part = (char *)m->parts[i].iov_base + at;
        length -= at;
        if (length > n - done)
            length = n - done;
        if (put)
            memcpy(part, p + done, length);
        else
            memcpy(p + done, part, length);
        done += length;
        at = 0;
    }
    return done;
}

size_t uc_message_put(const struct message *m, size_t at, const void *from,
                      size_t n)
{
    union {
        const void *given;
        char *p;
    } u = {from}; /* copy() does not write to it */
    return copy(m, at, u.p, n, true);
}

size_t uc_message_get(const struct message *m, size_t at, void *to, size_t n)
{
    return copy(m, at, to, n, false);
}

/* ---- one message ---- */

static long send(struct file *f, struct message *m, int flags)
{
    const struct socket *s = f->node;
    if (!f->ops->socket->send)
        return -EOPNOTSUPP;
    f->refs++;
    long result = f->ops->socket->send(f, m, flags);
    bool stream = s->type == SOCK_STREAM;
    uc_file_drop(f);
    if (result == -EPIPE && stream && !(flags & MSG_NOSIGNAL))
        uc_signal_raise(SIGPIPE);
    return result;
}

static long receive(struct file *f, struct message *m, int flags)
{
    if (!f->ops->socket->receive)
        return -EOPNOTSUPP;
    f->refs++;
    long result = f->ops->socket->receive(f, m, flags);
    uc_file_drop(f);
    return result;
}

long uc_socket_vector(struct file *f, const struct iovec *v, long count,
                      long size, bool sending)
{
    struct message m = {
        .parts = v, .count = (size_t)count, .size = (size_t)size};
    return sending ? send(f, &m, 0) : receive(f, &m, 0);
}

long uc_socket_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    struct iovec v = {p, n};
    (void)pos;
    /* As in Linux; a datagram would be taken and thrown away. */
    return n ? uc_socket_vector(f, &v, 1, (long)n, false) : 0;
}

long uc_socket_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    union {
        const void *given;
        void *p;
    } u = {p}; /* which sending does not write to */
    struct iovec v = {u.p, n};
    (void)pos;
    return uc_socket_vector(f, &v, 1, (long)n, true);
}

long uc_sys_sendto(long fd, long p, long n, long flags, long address, long size)
{
    struct __kernel_sockaddr_storage a;
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (n < 0)
        return -EFAULT;
    struct iovec v = {(void *)p, n > IO_MAX ? IO_MAX : (size_t)n};
    struct message m = {.parts = &v, .count = 1, .size = v.iov_len};
    if (address) {
        long name_size = uc_socket_address(&a, address, size);
        if (name_size < 0)
            return name_size;
        m.name = (struct sockaddr *)&a;
        m.name_size = (unsigned)name_size;
    }
    return send(f, &m, (int)flags);
}

long uc_sys_recvfrom(long fd, long p, long n, long flags, long address,
                     long size)
{
    struct __kernel_sockaddr_storage a;
    struct file *f;
    int *room = (int *)size;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (n < 0)
        return -EFAULT;
    struct iovec v = {(void *)p, n > IO_MAX ? IO_MAX : (size_t)n};
    struct message m = {.parts = &v,
                        .count = 1,
                        .size = v.iov_len,
                        .name = (struct sockaddr *)&a};
    long result = receive(f, &m, (int)flags);
    if (result < 0 || !address)
        return result;
    if (!room)
        return -EFAULT;
    if (*room < 0)
        return -EINVAL;
    uc_socket_store_name(m.name, m.name_size, address, room);
    return result;
}

/* ---- with a header ---- */

/* The parts of *h as a message. */
static long start(const struct msghdr *h, struct message *m)
{
    size_t total = 0;
    if (h->count > IOV_MAX)
        return -EMSGSIZE;
    for (size_t i = 0; i < h->count; i++)
        if ((long)h->parts[i].iov_len < 0 ||
            __builtin_add_overflow(total, h->parts[i].iov_len, &total) ||
            (long)total < 0)
            return -EINVAL;
    *m = (struct message){.parts = h->parts,
                          .count = h->count,
                          .size = total > IO_MAX ? IO_MAX : total,
                          .control = h->control_size ? h->control : NULL,
                          .control_size = h->control ? h->control_size : 0};
    return 0;
}

static long send_header(struct file *f, const struct msghdr *h, int flags)
{
    struct __kernel_sockaddr_storage a;
    struct message m;
    long error = start(h, &m);
    if (error)
        return error;
    if (h->name && h->name_size) {
        long n = uc_socket_address(&a, (long)h->name, h->name_size);
        if (n < 0)
            return n;
        m.name = (struct sockaddr *)&a;
        m.name_size = (unsigned)n;
    }
    return send(f, &m, flags);
}

static long receive_header(struct file *f, struct msghdr *h, int flags)
{
    struct __kernel_sockaddr_storage a;
    struct message m;
    if (h->name && h->name_size < 0)
        return -EINVAL;
    long error = start(h, &m);
    if (error)
        return error;
    m.name = (struct sockaddr *)&a;
    long result = receive(f, &m, flags);
    if (result < 0)
        return result;
    if (h->name)
        uc_socket_store_name(m.name, m.name_size, (long)h->name, &h->name_size);
    h->control_size = m.control_size;
    h->flags = (unsigned)(m.flags | (flags & MSG_CMSG_CLOEXEC));
    return result;
}

long uc_sys_sendmsg(long fd, long head, long flags)
{
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (!head)
        return -EFAULT;
    return send_header(f, (const struct msghdr *)head, (int)flags);
}

long uc_sys_recvmsg(long fd, long head, long flags)
{
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (!head)
        return -EFAULT;
    return receive_header(f, (struct msghdr *)head, (int)flags);
}

/* ---- several ---- */

long uc_sys_sendmmsg(long fd, long heads, long n, long flags)
{
    struct mmsghdr *h = (struct mmsghdr *)heads;
    unsigned count = (unsigned)n > MESSAGES ? MESSAGES : (unsigned)n, done = 0;
    while (done < count) {
        long result = uc_sys_sendmsg(fd, (long)&h[done].head, flags);
        if (result < 0)
            return done ? done : result;
        h[done++].size = (unsigned)result;
    }
    struct file *f;
    return count ? done : uc_socket_of((int)fd, &f);
}

/* As in Linux, the time is looked at after each message only. */
long UC_TIME64(recvmmsg, _time64)(long fd, long heads, long n, long flags,
                                  long timeout)
{
    struct mmsghdr *h = (struct mmsghdr *)heads;
    struct __kernel_timespec *t = (struct __kernel_timespec *)timeout;
    unsigned count = (unsigned)n > MESSAGES ? MESSAGES : (unsigned)n, done = 0;
    uint64_t until = UINT64_MAX;
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (!error && t)
        error = uc_timespec_ns(t, &until);
    if (error)
        return error;
    until = uc_deadline(until);
    while (done < count) {
        long result =
            uc_sys_recvmsg(fd, (long)&h[done].head, flags & ~MSG_WAITFORONE);
        if (result < 0 && done && result != -EAGAIN && result != -EINTR &&
            !uc_socket_of((int)fd, &f))
            ((struct socket *)f->node)->error = (int)-result;
        if (result < 0)
            return done ? done : result;
        h[done++].size = (unsigned)result;
        if (flags & MSG_WAITFORONE)
            flags |= MSG_DONTWAIT;
        if (t && uc_clock_mono() >= until)
            break;
    }
    return done;
}
