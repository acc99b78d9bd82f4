/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.c: system calls on sockets, but for messages (message.c) and options
 * (sockopt.c): arguments are checked, then it is the family's: uc/socket.h.
 */
#include <asm/socket.h>
#include <linux/stat.h>
#include <linux/time.h>
#include <uc/stat.h>

#include "socket_core.h"

extern const int CFG_SOCKET_UNIX, CFG_NETLINK, CFG_SOCKET_PACKET;

enum {
    NAME_MAX_BYTES = sizeof(struct __kernel_sockaddr_storage),
    FLAGS = O_NONBLOCK | O_CLOEXEC, /* SOCK_ flags of the same value */
    TYPES = 11,
    DEFAULT_ROOM = 212992,
};

long uc_socket_of(int fd, struct file **f)
{
    *f = uc_fd_file(fd);
    if (!*f || (*f)->flags & O_PATH)
        return -EBADF;
    return (*f)->ops->socket ? 0 : -ENOTSOCK;
}

long uc_socket_address(struct __kernel_sockaddr_storage *to, long from,
                       long size)
{
    int n = (int)size;
    if (n < 0 || n > NAME_MAX_BYTES)
        return -EINVAL;
    if (n && !from)
        return -EFAULT;
    memset(to, 0, sizeof *to);
    memcpy(to, (const void *)from, (size_t)n);
    return n;
}

void uc_socket_store_name(const struct sockaddr *a, unsigned size, long to,
                          int *room)
{
    memcpy((void *)to, a, (unsigned)*room < size ? (unsigned)*room : size);
    *room = (int)size;
}

/* ---- for the families ---- */

void uc_socket_start(struct socket *s, int family, int type, int protocol)
{
    s->family = family;
    s->type = type;
    s->protocol = protocol;
    s->linger = -1;
    s->receive_least = 1;
    s->send_room = s->receive_room = DEFAULT_ROOM;
    s->send_limit = s->receive_limit = UINT64_MAX;
}

long uc_socket_wait(struct file *f, struct uc_queue *q, int flags,
                    uint64_t until)
{
    if (f->flags & O_NONBLOCK || flags & MSG_DONTWAIT) {
        uc_poll(); /* who asks again and again is to see a change */
        return -EAGAIN;
    }
    long error = uc_wait(q, until, until == UINT64_MAX);
    return error == -ETIMEDOUT ? -EAGAIN : error;
}

uint64_t uc_socket_until(const struct socket *s, bool sending)
{
    return uc_deadline(sending ? s->send_limit : s->receive_limit);
}

long uc_socket_error(struct socket *s)
{
    int error = s->error;
    s->error = 0;
    return -error;
}

long uc_socket_stat(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_ino = (unsigned long)f->node / 16;
    st->st_mode = S_IFSOCK | 0777;
    st->st_nlink = 1;
    st->st_blksize = 4096;
    return 0;
}

/* ---- making them ---- */

static long make(int family, int type, int protocol, struct file *f)
{
    if (family == AF_UNIX && CFG_SOCKET_UNIX)
        return uc_socket_unix(type, protocol, f);
    if (family == AF_INET || family == AF_INET6)
        return uc_socket_inet(family, type, protocol, f);
    if (family == AF_NETLINK && CFG_NETLINK)
        return uc_socket_netlink(type, protocol, f);
    if (family == AF_PACKET && CFG_SOCKET_PACKET)
        return uc_socket_packet(type, protocol, f);
    return -EAFNOSUPPORT;
}

static long bad_type(int type)
{
    if (type & ~(FLAGS | 0xf) || (type & 0xf) >= TYPES)
        return -EINVAL;
    return 0;
}

long uc_sys_socket(long family, long kind, long protocol)
{
    int type = (int)kind;
    long error = bad_type(type);
    if (error)
        return error;
    struct file *f = uc_file_new(0, O_RDWR | (type & O_NONBLOCK));
    if (!f)
        return -ENFILE;
    error = make((int)family, type & 0xf, (int)protocol, f);
    if (error) {
        uc_file_free(f);
        return error;
    }
    return uc_fd_install(f, type & O_CLOEXEC);
}

long uc_sys_socketpair(long family, long kind, long protocol, long result)
{
    int *fds = (int *)result, type = (int)kind;
    long error = bad_type(type);
    if (!error && (int)family != AF_UNIX)
        error = (int)family == AF_INET || (int)family == AF_INET6
                    ? -EOPNOTSUPP
                    : -EAFNOSUPPORT;
    if (error)
        return error;
    struct file *f[2] = {uc_file_new(0, O_RDWR | (type & O_NONBLOCK)),
                         uc_file_new(0, O_RDWR | (type & O_NONBLOCK))};
    error = f[0] && f[1] ? uc_socket_unix_pair(type & 0xf, (int)protocol, f)
                         : -ENFILE;
    if (error) {
        uc_file_free(f[0]);
        uc_file_free(f[1]);
        return error;
    }
    return uc_fd_install_pair(f, type & O_CLOEXEC, fds);
}

/* ---- names ---- */

long uc_sys_bind(long fd, long address, long size)
{
    struct __kernel_sockaddr_storage a;
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    long n = uc_socket_address(&a, address, size);
    if (n < 0)
        return n;
    if (!f->ops->socket->bind)
        return -EOPNOTSUPP;
    return f->ops->socket->bind(f, (struct sockaddr *)&a, (unsigned)n);
}

long uc_sys_connect(long fd, long address, long size)
{
    struct __kernel_sockaddr_storage a;
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    long n = uc_socket_address(&a, address, size);
    if (n < 0)
        return n;
    if (n < (long)sizeof(a.ss_family))
        return -EINVAL;
    if (!f->ops->socket->connect)
        return -EOPNOTSUPP;
    f->refs++;
    error = f->ops->socket->connect(f, (struct sockaddr *)&a, (unsigned)n);
    uc_file_drop(f);
    return error;
}

static long name_of(long fd, bool peer, long address, long size)
{
    struct __kernel_sockaddr_storage a;
    struct file *f;
    int *room = (int *)size;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (!room)
        return -EFAULT;
    if (!f->ops->socket->name)
        return -EOPNOTSUPP;
    long n = f->ops->socket->name(f, peer, (struct sockaddr *)&a);
    if (n < 0)
        return n;
    if (*room < 0)
        return -EINVAL;
    uc_socket_store_name((struct sockaddr *)&a, (unsigned)n, address, room);
    return 0;
}

long uc_sys_getsockname(long fd, long address, long size)
{
    return name_of(fd, false, address, size);
}

long uc_sys_getpeername(long fd, long address, long size)
{
    return name_of(fd, true, address, size);
}

/* ---- connections ---- */

long uc_sys_listen(long fd, long backlog)
{
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (!f->ops->socket->listen)
        return -EOPNOTSUPP;
    error = f->ops->socket->listen(f, (int)backlog);
    if (!error)
        ((struct socket *)f->node)->options |= UC_SOCKET_BIT(SO_ACCEPTCONN);
    return error;
}

/* The name of who has come, if it is wanted. */
static long name_accepted(struct file *f, long address, long size)
{
    struct __kernel_sockaddr_storage a;
    int *room = (int *)size;
    if (!address)
        return 0;
    if (!room)
        return -EFAULT;
    if (*room < 0)
        return -EINVAL;
    long n = f->ops->socket->name(f, 2, (struct sockaddr *)&a);
    if (n < 0)
        return -ECONNABORTED;
    uc_socket_store_name((struct sockaddr *)&a, (unsigned)n, address, room);
    return 0;
}

long uc_sys_accept4(long fd, long address, long size, long flags)
{
    struct file *f;
    if ((int)flags & ~FLAGS)
        return -EINVAL;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if (!f->ops->socket->accept)
        return -EOPNOTSUPP;
    int free = uc_fd_free(0); /* else a connection would be lost for it */
    if (free < 0)
        return free;
    struct file *new = uc_file_new(0, O_RDWR | ((int)flags & O_NONBLOCK));
    if (!new)
        return -ENFILE;
    f->refs++;
    error = f->ops->socket->accept(f, new);
    uc_file_drop(f);
    if (error) {
        uc_file_free(new);
        return error;
    }
    error = name_accepted(new, address, size);
    if (error) {
        uc_file_drop(new);
        return error;
    }
    return uc_fd_install(new, flags & O_CLOEXEC);
}

long uc_sys_accept(long fd, long address, long size)
{
    return uc_sys_accept4(fd, address, size, 0);
}

long uc_sys_shutdown(long fd, long how)
{
    struct file *f;
    long error = uc_socket_of((int)fd, &f);
    if (error)
        return error;
    if ((unsigned)how > SHUT_RDWR)
        return -EINVAL;
    if (!f->ops->socket->shutdown)
        return -EOPNOTSUPP;
    return f->ops->socket->shutdown(f, (int)how);
}
