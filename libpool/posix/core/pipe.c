/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.c: pipes and FIFOs, within the one process. Each end has a queue: the
 * reader's is woken by bytes and by the writer's end, the writer's by room. A
 * FIFO is a pipe while it is open; `node` of its files is the file system's.
 */
#include <asm/ioctls.h>
#include <linux/poll.h>
#include <linux/signal.h>
#include <linux/stat.h>
#include <uc/devfs.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/sched.h>
#include <uc/signal.h>
#include <uc/stat.h>

#include "core.h"
#include "pieces.h"

enum {
    CAPACITY = 65536,
    CAPACITY_MOST = 1 << 20, /* both as in Linux */
    READER = 0,
    WRITER = 1,
};

struct pipe {
    struct pieces bytes;
    size_t capacity;
    unsigned open[2], opened[2]; /* files now, and ever, but for a pipe's */
    struct uc_queue queue[2];
    struct node *node; /* of a FIFO */
    struct pipe *next;
};
static struct pipe *fifos; /* that are open */

static struct pipe *find(const struct node *n)
{
    struct pipe *p = fifos;
    while (p && p->node != n)
        p = p->next;
    return p;
}

static struct pipe *pipe_of(const struct file *f)
{
    return CFG_FIFOS && f->ops == &uc_fifo_ops ? find(f->node) : f->node;
}

static int end_of(const struct file *f)
{
    return (f->flags & O_ACCMODE) == O_RDONLY ? READER : WRITER;
}

/* Of a FIFO, which may have both. */
static bool has_end(const struct file *f, int end)
{
    int access = f->flags & O_ACCMODE;
    return access == O_RDWR || (access == O_RDONLY) == (end == READER);
}

static size_t room(const struct pipe *p)
{
    return p->bytes.used < p->capacity ? p->capacity - p->bytes.used : 0;
}

static long pipe_read(struct file *f, void *to, size_t n, int64_t *pos)
{
    struct pipe *p = pipe_of(f);
    (void)pos;
    if (!n)
        return 0;
    while (!p->bytes.used) {
        if (!p->open[WRITER])
            return 0;
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&p->queue[READER], UINT64_MAX, true);
        if (error)
            return error;
    }
    bool full = room(p) < PIPE_WHOLE; /* else no writer waits */
    n = uc_pieces_get(&p->bytes, to, n);
    if (full)
        uc_queue_wake_for(&p->queue[WRITER], POLLOUT | POLLWRNORM);
    return (long)n;
}

static long no_reader(void)
{
    uc_signal_raise(SIGPIPE);
    return -EPIPE;
}

/* Waits for room for all n, or for some of what need not be whole. */
static long wait_for_room(struct file *f, size_t n)
{
    struct pipe *p = pipe_of(f);
    size_t least = n <= PIPE_WHOLE ? n : 1;
    while (p->open[READER] && room(p) < least) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&p->queue[WRITER], UINT64_MAX, true);
        if (error)
            return error;
    }
    return 0;
}

static long pipe_write(struct file *f, const void *from, size_t n, int64_t *pos)
{
    struct pipe *p = pipe_of(f);
    size_t done = 0;
    (void)pos;
    if (!n)
        return 0;
    do {
        long error =
            done ? wait_for_room(f, PIPE_WHOLE + 1) : wait_for_room(f, n);
        if (!error && !p->open[READER])
            error = no_reader();
        if (error)
            return done ? (long)done : error;
        size_t part = n - done, most = room(p);
        if (part > most)
            part = most;
        if (part > PIPE_WHOLE)
            part = PIPE_WHOLE;
        if (!uc_pieces_put(&p->bytes, (const char *)from + done, part))
            return done ? (long)done : -ENOMEM;
        done += part;
        uc_queue_wake_for(&p->queue[READER], POLLIN | POLLRDNORM);
    } while (done < n);
    return (long)done;
}

static long pipe_stat(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_ino = (unsigned long)f->node / 16;
    st->st_mode = S_IFIFO | 0600;
    st->st_nlink = 1;
    st->st_blksize = 4096;
    return 0;
}

/* A reader that came before any writer sees no end before one has come. */
static bool is_over(const struct file *f, const struct pipe *p)
{
    return !p->open[WRITER] && !(CFG_FIFOS && f->ops == &uc_fifo_ops &&
                                 f->pos == (int64_t)p->opened[WRITER]);
}

static unsigned pipe_poll(struct file *f)
{
    struct pipe *p = pipe_of(f);
    unsigned in = 0;
    if (end_of(f) == READER || (CFG_FIFOS && has_end(f, READER)))
        in = (p->bytes.used ? POLLIN | POLLRDNORM : 0) |
             (is_over(f, p) ? POLLHUP : 0);
    if (end_of(f) == READER)
        return in;
    return in | (room(p) >= PIPE_WHOLE ? POLLOUT | POLLWRNORM : 0) |
           (p->open[READER] ? 0 : POLLERR);
}

static struct uc_queue *pipe_queue(struct file *f)
{
    struct pipe *p = pipe_of(f);
    return &p->queue[end_of(f)];
}

static long set_size(struct pipe *p, long asked)
{
    size_t size = UC_PAGE;
    if (asked < 0)
        return -EINVAL;
    if (asked > CAPACITY_MOST)
        return -EPERM;
    while (size < (size_t)asked)
        size *= 2;
    if (size < p->bytes.used)
        return -EBUSY;
    p->capacity = size;
    uc_queue_wake(&p->queue[WRITER]);
    return (long)size;
}

static long pipe_ioctl(struct file *f, unsigned long request, long arg)
{
    struct pipe *p = pipe_of(f);
    switch (request) {
    case FIONREAD:
        *(int *)arg = (int)p->bytes.used;
        return 0;
    case UC_FCNTL | F_GETPIPE_SZ:
        return (long)p->capacity;
    case UC_FCNTL | F_SETPIPE_SZ:
        return set_size(p, (int)arg);
    default:
        return -ENOTTY;
    }
}

static void pipe_release(struct file *f)
{
    struct pipe *p = pipe_of(f);
    int end = end_of(f);
    p->open[end]--;
    if (p->open[!end]) {
        uc_queue_wake(&p->queue[!end]);
        return;
    }
    uc_pieces_free(&p->bytes);
    uc_kfree(p, sizeof *p);
}

static const struct file_ops pipe_ops = {
    .read = pipe_read,
    .write = pipe_write,
    .stat = pipe_stat,
    .poll = pipe_poll,
    .queue = pipe_queue,
    .ioctl = pipe_ioctl,
    .release = pipe_release,
};

long uc_sys_pipe2(long fds, long flags)
{
    if (flags & ~(O_CLOEXEC | O_NONBLOCK))
        return -EINVAL;
    int keep = (int)flags & O_NONBLOCK;
    struct pipe *p = uc_kalloc(sizeof *p);
    struct file *f[2] = {uc_file_new(&pipe_ops, O_RDONLY | keep),
                         uc_file_new(&pipe_ops, O_WRONLY | keep)};
    if (!p || !f[0] || !f[1]) {
        uc_file_free(f[0]);
        uc_file_free(f[1]);
        uc_kfree(p, sizeof *p);
        return -ENFILE;
    }
    p->capacity = CAPACITY;
    p->open[READER] = p->open[WRITER] = 1;
    f[0]->node = f[1]->node = p;
    return uc_fd_install_pair(f, flags & O_CLOEXEC, (int *)fds);
}

long uc_sys_pipe(long fds)
{
    return uc_sys_pipe2(fds, 0);
}

/* ---- FIFOs ---- */

static void drop_fifo(struct pipe *p)
{
    struct pipe **at = &fifos;
    if (p->open[READER] || p->open[WRITER])
        return;
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    uc_pieces_free(&p->bytes);
    uc_kfree(p, sizeof *p);
}

static void fifo_release(struct file *f)
{
    struct pipe *p = pipe_of(f);
    for (int end = READER; end <= WRITER; end++)
        if (has_end(f, end) && !--p->open[end])
            uc_queue_wake(&p->queue[!end]);
    drop_fifo(p);
    uc_fs_drop(f->node);
}

const struct file_ops uc_fifo_ops = {
    .read = pipe_read,
    .write = pipe_write,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .poll = pipe_poll,
    .queue = pipe_queue,
    .ioctl = pipe_ioctl,
    .release = fifo_release,
};

static struct pipe *fifo_of(struct node *n)
{
    struct pipe *p = find(n);
    if (p)
        return p;
    p = uc_kalloc(sizeof *p);
    if (!p)
        return 0;
    p->capacity = CAPACITY;
    p->node = n;
    p->next = fifos;
    return fifos = p;
}

/* As fifo_open of Linux: one end waits until the other has been opened. */
long uc_fifo_open(struct file *f)
{
    bool both = (f->flags & O_ACCMODE) == O_RDWR;
    bool wait = !both && !(f->flags & O_NONBLOCK);
    int end = end_of(f), other = !end;
    struct pipe *p = fifo_of(f->node);
    long error = p ? 0 : -ENOMEM;
    if (p && !both && !wait && end == WRITER && !p->open[READER]) {
        drop_fifo(p);
        error = -ENXIO;
    }
    if (error) {
        uc_fs_drop(f->node);
        return error;
    }
    f->pos = p->open[WRITER] ? -1 : (int64_t)p->opened[WRITER];
    for (int e = READER; e <= WRITER; e++)
        if (has_end(f, e)) {
            p->open[e]++;
            p->opened[e]++;
            uc_queue_wake(&p->queue[!e]);
        }
    unsigned before = p->opened[other];
    while (wait && !p->open[other] && p->opened[other] == before && !error)
        error = uc_wait(&p->queue[end], UINT64_MAX, true);
    if (error)
        fifo_release(f);
    return error;
}
