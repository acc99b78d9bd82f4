/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.c: pipes, within the one process. A read of an empty pipe that has a
 * writer, like a write to a full one that has a reader, waits for ever when
 * there is only one thread.
 */
#include <asm/stat.h>
#include <linux/poll.h>
#include <linux/signal.h>
#include <linux/stat.h>
#include <uc/mem.h>
#include <uc/sched.h>
#include <uc/signal.h>

#include "core.h"

enum {
    CAPACITY = 65536,
    ATOMIC = 4096
}; /* as in Linux */

struct pipe {
    size_t first, used; /* in data, a ring */
    bool ends[2];       /* reader, writer still open */
    char *data;
    struct uc_queue queue; /* woken by any change */
};

static long pipe_read(struct file *f, void *to, size_t n, int64_t *pos)
{
    struct pipe *p = f->node;
    (void)pos;
    while (!p->used) {
        if (!n || !p->ends[1])
            return 0;
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&p->queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    if (n > p->used)
        n = p->used;
    size_t part = CAPACITY - p->first;
    if (part > n)
        part = n;
    memcpy(to, p->data + p->first, part);
    memcpy((char *)to + part, p->data, n - part);
    p->first = (p->first + n) % CAPACITY;
    p->used -= n;
    return (long)n;
}

static long pipe_write(struct file *f, const void *from, size_t n, int64_t *pos)
{
    struct pipe *p = f->node;
    size_t all = n;
    (void)pos;
    if (!p->ends[0]) {
        uc_signal_raise(SIGPIPE);
        return -EPIPE;
    }
    size_t room = CAPACITY - p->used;
    if (n > room) {
        while (!(f->flags & O_NONBLOCK)) {
            long error = uc_wait(&p->queue, UINT64_MAX, true);
            if (error)
                return error;
        }
        if (!room || n <= ATOMIC)
            return -EAGAIN;
        n = all = room;
    }
    while (n) {
        size_t at = (p->first + p->used) % CAPACITY, part = CAPACITY - at;
        if (part > n)
            part = n;
        memcpy(p->data + at, from, part);
        from = (const char *)from + part;
        p->used += part;
        n -= part;
    }
    return (long)all;
}

static long pipe_stat(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_ino = (unsigned long)f->node / UC_PAGE;
    st->st_mode = S_IFIFO | 0600;
    st->st_nlink = 1;
    st->st_blksize = 4096;
    return 0;
}

static unsigned pipe_poll(struct file *f)
{
    struct pipe *p = f->node;
    if ((f->flags & O_ACCMODE) == O_RDONLY)
        return (p->used ? POLLIN | POLLRDNORM : 0) | (p->ends[1] ? 0 : POLLHUP);
    return (CAPACITY - p->used >= ATOMIC ? POLLOUT | POLLWRNORM : 0) |
           (p->ends[0] ? 0 : POLLERR);
}

static void pipe_release(struct file *f)
{
    struct pipe *p = f->node;
    p->ends[(f->flags & O_ACCMODE) == O_WRONLY] = false;
    if (p->ends[0] || p->ends[1])
        return;
    uc_pages_free(p->data, CAPACITY / UC_PAGE);
    uc_kfree(p, sizeof *p);
}

static const struct file_ops pipe_ops = {
    .read = pipe_read,
    .write = pipe_write,
    .stat = pipe_stat,
    .poll = pipe_poll,
    .release = pipe_release,
};

static struct pipe *pipe_new(void)
{
    struct pipe *p = uc_kalloc(sizeof *p);
    if (!p)
        return 0;
    p->data = uc_pages_alloc(CAPACITY / UC_PAGE, false);
    if (!p->data) {
        uc_kfree(p, sizeof *p);
        return 0;
    }
    p->ends[0] = p->ends[1] = true;
    return p;
}

long uc_sys_pipe2(long fds, long flags)
{
    int *result = (int *)fds;
    if (flags & ~(O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    int in = uc_fd_free(0), out = in < 0 ? in : uc_fd_free(in + 1);
    if (out < 0)
        return -EMFILE;
    int keep = (int)flags & O_NONBLOCK;
    struct pipe *p = pipe_new();
    struct file *r = uc_file_new(&pipe_ops, O_RDONLY | keep);
    struct file *w = uc_file_new(&pipe_ops, O_WRONLY | keep);
    if (!p || !r || !w) {
        uc_kfree(r, sizeof *r);
        uc_kfree(w, sizeof *w);
        if (p)
            uc_pages_free(p->data, CAPACITY / UC_PAGE);
        uc_kfree(p, sizeof *p);
        return -ENFILE;
    }
    r->node = w->node = p;
    uc_fd_set(in, r, flags & O_CLOEXEC);
    uc_fd_set(out, w, flags & O_CLOEXEC);
    result[0] = in;
    result[1] = out;
    return 0;
}

long uc_sys_pipe(long fds)
{
    return uc_sys_pipe2(fds, 0);
}
