/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_rights.c: control messages of AF_UNIX: descriptors and credentials, and
 * the name that a datagram comes from.
 */
#include "unix.h"

#include <asm/socket.h>

enum {
    FILES_MOST = 253, /* as in Linux */
    SCM_RIGHTS = 1,
    SCM_CREDENTIALS = 2,
};

struct head { /* the kernel's struct cmsghdr */
    size_t length;
    int level, type;
};

static size_t aligned(size_t n)
{
    return (n + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1);
}

static size_t with_size(unsigned count)
{
    return sizeof(struct unix_with) + count * sizeof(struct file *);
}

void uc_unix_with_free(struct unix_with *w)
{
    if (!w)
        return;
    for (unsigned i = 0; i < w->count; i++)
        uc_file_drop(w->files[i]);
    uc_kfree(w->name, sizeof *w->name);
    uc_kfree(w, with_size(w->count));
}

/* ---- sending ---- */

/* The next control message: 1; 0: there is none; -EINVAL. */
static long next_head(const struct message *m, size_t *at, struct head *h,
                      const char **data)
{
    const char *p = m->control;
    if (m->control_size < *at + sizeof *h)
        return 0;
    memcpy(h, p + *at, sizeof *h);
    if (h->length < sizeof *h || h->length > m->control_size - *at)
        return -EINVAL;
    *data = p + *at + sizeof *h;
    *at += aligned(h->length);
    return 1;
}

static long check_credentials(const struct head *h, const char *data)
{
    struct credentials c, own = uc_unix_self();
    if (h->length != sizeof *h + sizeof c)
        return -EINVAL;
    memcpy(&c, data, sizeof c);
    return c.pid == own.pid ? 0 : -ESRCH;
}

/* How many descriptors are passed, after a check of everything. */
static long count_files(const struct message *m)
{
    size_t at = 0, count = 0;
    struct head h;
    const char *data;
    long more;
    while ((more = next_head(m, &at, &h, &data)) > 0) {
        if (h.level != SOL_SOCKET)
            continue;
        if (h.type == SCM_CREDENTIALS) {
            long error = check_credentials(&h, data);
            if (error)
                return error;
            continue;
        }
        if (h.type != SCM_RIGHTS)
            return -EINVAL;
        size_t n = (h.length - sizeof h) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, data + i * sizeof fd, sizeof fd);
            if (!uc_fd_file(fd))
                return -EBADF;
        }
        count += n;
        if (count > FILES_MOST)
            return -EINVAL;
    }
    return more < 0 ? more : (long)count;
}

static void take_files(const struct message *m, struct unix_with *w)
{
    size_t at = 0;
    struct head h;
    const char *data;
    unsigned count = 0;
    while (next_head(m, &at, &h, &data) > 0) {
        if (h.level != SOL_SOCKET || h.type != SCM_RIGHTS)
            continue;
        for (size_t i = 0; i < (h.length - sizeof h) / sizeof(int); i++) {
            int fd;
            memcpy(&fd, data + i * sizeof fd, sizeof fd);
            w->files[count] = uc_fd_file(fd);
            w->files[count++]->refs++;
        }
    }
}

long uc_unix_with(const struct message *m, const struct unix_name *name,
                  struct unix_with **result)
{
    long count = count_files(m);
    bool named = name && name->length != UNIX_HEAD;
    *result = NULL;
    if (count < 0 || (!count && !named))
        return count;
    struct unix_with *w = uc_kalloc(with_size((unsigned)count));
    if (!w)
        return -ENOMEM;
    w->from = uc_unix_self();
    if (named) {
        w->name = uc_kalloc(sizeof *w->name);
        if (!w->name) {
            uc_kfree(w, with_size((unsigned)count));
            return -ENOMEM;
        }
        *w->name = *name;
    }
    w->count = (unsigned)count;
    take_files(m, w);
    *result = w;
    return 0;
}

/* ---- receiving ---- */

/* One control message, as much of it as there is room for. */
static void put(struct message *m, size_t *used, int type, const void *data,
                size_t n)
{
    struct head h = {sizeof h + n, SOL_SOCKET, type};
    size_t room = m->control_size - *used;
    char *p = (char *)m->control + *used;
    if (room < h.length)
        m->flags |= MSG_CTRUNC;
    if (room < sizeof h)
        return;
    if (h.length > room)
        h.length = room;
    memcpy(p, &h, sizeof h);
    memcpy(p + sizeof h, data, h.length - sizeof h);
    *used += aligned(h.length) < room ? aligned(h.length) : room;
}

/* Descriptors for as many files as there is room for in n bytes. */
static size_t open_files(struct unix_with *w, size_t n, int *fds, bool cloexec)
{
    size_t done = 0;
    while (done < w->count && done < n / sizeof *fds) {
        struct file *f = w->files[done];
        f->refs++;
        long fd = uc_fd_install(f, cloexec); /* drops f if there is none */
        if (fd < 0)
            break;
        fds[done++] = (int)fd;
    }
    return done;
}

void uc_unix_control(struct message *m, struct unix_with *w, bool credentials,
                     int flags)
{
    int fds[FILES_MOST];
    size_t used = 0;
    struct credentials from = w ? w->from : uc_unix_self();
    if (!m->control)
        m->control_size = 0;
    if (credentials && m->control)
        put(m, &used, SCM_CREDENTIALS, &from, sizeof from);
    else if (credentials)
        m->flags |= MSG_CTRUNC;
    if (w && w->count) {
        size_t room = m->control_size - used, head = sizeof(struct head);
        size_t n = open_files(w, room > head ? room - head : 0, fds,
                              flags & MSG_CMSG_CLOEXEC);
        if (n < w->count)
            m->flags |= MSG_CTRUNC;
        if (n)
            put(m, &used, SCM_RIGHTS, fds, n * sizeof *fds);
    }
    m->control_size = used;
}
