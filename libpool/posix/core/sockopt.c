/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sockopt.c: options of sockets: those that all have; the others are the
 * family's. Values and limits are those of Linux as it comes.
 */
#include <asm/socket.h>
#include <linux/time.h>

#include "socket_core.h"

enum {
    ROOM_MOST = 4 << 20,
    SEND_LEAST = 4608,
    RECEIVE_LEAST = 2304,
    US = 1000000,
    NONE = -1, /* not one of ours */
};

/* Options that are a bit. */
static bool is_switch(int name)
{
    switch (name) {
    case SO_DEBUG:
    case SO_REUSEADDR:
    case SO_DONTROUTE:
    case SO_BROADCAST:
    case SO_KEEPALIVE:
    case SO_OOBINLINE:
    case SO_REUSEPORT:
    case SO_PASSCRED:
    case SO_TIMESTAMP_OLD:
        return true;
    default:
        return false;
    }
}

static unsigned room(int asked, unsigned least)
{
    unsigned n = (unsigned)asked > ROOM_MOST ? ROOM_MOST : (unsigned)asked;
    return n * 2 > least ? n * 2 : least;
}

/* A time limit, which 32-bit machines have in two forms. */
static bool is_old_limit(int name)
{
    return name == SO_RCVTIMEO_OLD || name == SO_SNDTIMEO_OLD;
}

static bool is_limit(int name)
{
    return is_old_limit(name) ||
           (sizeof(long) < 8 &&
            (name == SO_RCVTIMEO_NEW || name == SO_SNDTIMEO_NEW));
}

static uint64_t *limit_of(struct socket *s, int name)
{
    bool sending = name == SO_SNDTIMEO_OLD ||
                   (sizeof(long) < 8 && name == SO_SNDTIMEO_NEW);
    return sending ? &s->send_limit : &s->receive_limit;
}

static long set_limit(uint64_t *limit, const void *p, unsigned n, bool old)
{
    struct __kernel_old_timeval given;
    struct __kernel_sock_timeval t;
    if (n < (old ? sizeof given : sizeof t))
        return -EINVAL;
    if (old) {
        memcpy(&given, p, sizeof given);
        t.tv_sec = given.tv_sec;
        t.tv_usec = given.tv_usec;
    } else {
        memcpy(&t, p, sizeof t);
    }
    if ((uint64_t)t.tv_usec >= US)
        return -EDOM;
    if (t.tv_sec < 0)
        *limit = 0;
    else if ((!t.tv_sec && !t.tv_usec) || t.tv_sec > INT64_MAX / 1000000000)
        *limit = UINT64_MAX;
    else
        *limit = ((uint64_t)t.tv_sec * US + (uint64_t)t.tv_usec) * 1000;
    return 0;
}

static long set_linger(struct socket *s, const void *p, unsigned n)
{
    int v[2]; /* struct linger */
    if (n < sizeof v)
        return -EINVAL;
    memcpy(v, p, sizeof v);
    s->linger = v[0] ? v[1] & INT32_MAX : -1;
    return 0;
}

/* 0, -errno, NONE. */
static long set_common(struct socket *s, int name, const void *p, unsigned n)
{
    int value;
    if (n < sizeof value)
        return -EINVAL;
    memcpy(&value, p, sizeof value);
    if (is_switch(name)) {
        unsigned bit = UC_SOCKET_BIT(name);
        s->options = value ? s->options | bit : s->options & ~bit;
        return 0;
    }
    if (is_limit(name))
        return set_limit(limit_of(s, name), p, n, is_old_limit(name));
    switch (name) {
    case SO_SNDBUF:
    case SO_SNDBUFFORCE:
        s->send_room = room(value, SEND_LEAST);
        return 0;
    case SO_RCVBUF:
    case SO_RCVBUFFORCE:
        s->receive_room = room(value, RECEIVE_LEAST);
        return 0;
    case SO_RCVLOWAT:
        s->receive_least = value < 0 ? INT32_MAX : value ? value : 1;
        return 0;
    case SO_PRIORITY:
        s->priority = value;
        return 0;
    case SO_LINGER:
        return set_linger(s, p, n);
    case SO_TYPE:
    case SO_DOMAIN:
    case SO_PROTOCOL:
    case SO_ERROR:
    case SO_ACCEPTCONN:
    case SO_SNDLOWAT:
        return -ENOPROTOOPT;
    default:
        return NONE;
    }
}

long uc_sys_setsockopt(long fd, long at, long which, long value, long size)
{
    struct file *f;
    int level = (int)at, name = (int)which;
    const void *p = (const void *)value;
    long error = uc_socket_of((int)fd, &f), result = NONE;
    if (error)
        return error;
    if ((int)size < 0)
        return -EINVAL;
    if (!p && size)
        return -EFAULT;
    const struct socket_ops *ops = f->ops->socket;
    if (level == SOL_SOCKET)
        result = set_common(f->node, name, p, (unsigned)size);
    if (result != NONE) {
        if (!result && ops->set)
            ops->set(f, level, name, p, (unsigned)size);
        return result;
    }
    if (ops->set)
        return ops->set(f, level, name, p, (unsigned)size);
    return level == SOL_SOCKET ? -ENOPROTOOPT : -EOPNOTSUPP;
}

/* ---- asking ---- */

static struct __kernel_sock_timeval limit(uint64_t ns)
{
    struct __kernel_sock_timeval t = {0, 0};
    if (ns != UINT64_MAX) {
        t.tv_sec = (int64_t)(ns / 1000000000);
        t.tv_usec = (int64_t)(ns % 1000000000 / 1000);
    }
    return t;
}

/* The value of options that are an int; false: it is none of them. */
static bool get_int(struct socket *s, int name, int *value)
{
    switch (name) {
    case SO_TYPE:
        *value = s->type;
        return true;
    case SO_DOMAIN:
        *value = s->family;
        return true;
    case SO_PROTOCOL:
        *value = s->protocol;
        return true;
    case SO_ERROR:
        *value = (int)-uc_socket_error(s);
        return true;
    case SO_SNDBUF:
        *value = (int)s->send_room;
        return true;
    case SO_RCVBUF:
        *value = (int)s->receive_room;
        return true;
    case SO_RCVLOWAT:
        *value = s->receive_least;
        return true;
    case SO_SNDLOWAT:
        *value = 1;
        return true;
    case SO_PRIORITY:
        *value = s->priority;
        return true;
    default:
        *value = (s->options & UC_SOCKET_BIT(name)) != 0;
        return is_switch(name) || name == SO_ACCEPTCONN;
    }
}

/* The length, or NONE. */
static long get_common(struct socket *s, int name, void *p, unsigned n)
{
    union {
        int one, linger[2];
        struct __kernel_sock_timeval t;
        struct __kernel_old_timeval old;
    } v;
    unsigned size = sizeof v.one;
    if (name == SO_LINGER) {
        v.linger[0] = s->linger >= 0;
        v.linger[1] = s->linger >= 0 ? s->linger : 0;
        size = sizeof v.linger;
    } else if (is_limit(name)) {
        struct __kernel_sock_timeval t = limit(*limit_of(s, name));
        if (is_old_limit(name))
            v.old =
                (struct __kernel_old_timeval){(long)t.tv_sec, (long)t.tv_usec};
        else
            v.t = t;
        size = is_old_limit(name) ? sizeof v.old : sizeof v.t;
    } else if (!get_int(s, name, &v.one)) {
        return NONE;
    }
    if (size > n)
        size = n;
    memcpy(p, &v, size);
    return size;
}

long uc_sys_getsockopt(long fd, long at, long which, long value, long size)
{
    struct file *f;
    int level = (int)at, name = (int)which, *n = (int *)size;
    long error = uc_socket_of((int)fd, &f), result = NONE;
    if (error)
        return error;
    if (!n)
        return -EFAULT;
    if (*n < 0)
        return -EINVAL;
    const struct socket_ops *ops = f->ops->socket;
    if (level == SOL_SOCKET)
        result = get_common(f->node, name, (void *)value, (unsigned)*n);
    if (result == NONE && ops->get)
        result = ops->get(f, level, name, (void *)value, (unsigned)*n);
    else if (result == NONE)
        result = level == SOL_SOCKET ? -ENOPROTOOPT : -EOPNOTSUPP;
    if (result < 0)
        return result;
    *n = (int)result;
    return 0;
}
