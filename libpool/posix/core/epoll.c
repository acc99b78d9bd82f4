/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.c: sets of descriptors to wait for.
 *
 * An item watches the queue of its file. When that is woken and the file has
 * what the item asks for, the item goes to the set's ready list and whoever
 * waits for the set is woken; epoll_wait looks at nothing else, so descriptors
 * that are idle cost nothing. A level-triggered item that is still ready goes
 * back to the end of the list. Items are found by descriptor and file, as in
 * Linux: a duplicate is another item, and an item stays until the last
 * descriptor of its file is closed.
 */
#include <linux/eventpoll.h>
#include <linux/poll.h>
#include <linux/time.h>
#include <uc/mem.h>
#include <uc/signal.h>

#include "poll.h"

enum {
    BUCKETS = 8, /* at first; always a power of two */
    NESTS = 4,   /* sets that watch sets that ... */
    MOST_EVENTS = INT32_MAX / (int)sizeof(struct epoll_event),
};
static const uint32_t modes =
    EPOLLONESHOT | EPOLLET | EPOLLWAKEUP | EPOLLEXCLUSIVE;
static const uint32_t with_exclusive = EPOLLIN | EPOLLOUT | EPOLLERR |
                                       EPOLLHUP | EPOLLWAKEUP | EPOLLET |
                                       EPOLLEXCLUSIVE;

struct item {
    struct uc_watch watch;    /* on the file's queue */
    struct file_watch closed; /* on the file */
    struct epoll *set;
    struct file *file;
    int fd;
    uint32_t events;
    uint64_t data;
    struct item *next;                     /* in its bucket */
    struct item *ready_next, **ready_link; /* NULL: not in the ready list */
};

struct epoll {
    struct item **buckets;
    size_t size, count;
    struct item *ready, **ready_end;
    struct uc_queue queue;
};

static const struct file_ops epoll_ops;

/* ---- the ready list ---- */

static void ready_add(struct item *i)
{
    struct epoll *e = i->set;
    if (i->ready_link)
        return;
    i->ready_next = NULL;
    i->ready_link = e->ready_end;
    *e->ready_end = i;
    e->ready_end = &i->ready_next;
}

static void ready_remove(struct item *i)
{
    if (!i->ready_link)
        return;
    *i->ready_link = i->ready_next;
    if (i->ready_next)
        i->ready_next->ready_link = i->ready_link;
    else
        i->set->ready_end = i->ready_link;
    i->ready_link = NULL;
}

/* epoll's bits for those of poll, of which mips has two of its own. */
static uint32_t epoll_bits(uint32_t bits)
{
    const uint32_t own = POLLWRNORM | POLLWRBAND;
    if (POLLWRNORM == (uint32_t)EPOLLWRNORM || bits == ~0u)
        return bits;
    return (bits & ~(own & ~POLLOUT)) |
           (bits & POLLWRNORM ? (uint32_t)EPOLLWRNORM : 0) |
           (bits & POLLWRBAND ? (uint32_t)EPOLLWRBAND : 0);
}

/* What the item asks for and the file has. */
static uint32_t now(const struct item *i)
{
    uint32_t asked = i->events & ~modes;
    return asked ? epoll_bits(uc_poll_state(i->file)) & asked : 0;
}

static void look(struct item *i)
{
    if (!now(i))
        return;
    ready_add(i);
    uc_queue_wake_for(&i->set->queue, POLLIN | POLLRDNORM);
}

static void item_woken(struct uc_watch *w)
{
    struct item *i = (struct item *)w;
    if (i->events & epoll_bits(uc_woken_for))
        look(i);
}

/* ---- items ---- */

static struct item **bucket(const struct epoll *e, int fd)
{
    return &e->buckets[(unsigned)fd & (e->size - 1)];
}

static struct item *find(const struct epoll *e, int fd, const struct file *f)
{
    struct item *i = e->size ? *bucket(e, fd) : NULL;
    while (i && (i->fd != fd || i->file != f))
        i = i->next;
    return i;
}

static bool grow(struct epoll *e)
{
    struct epoll old = *e;
    if (e->count < e->size)
        return true;
    size_t size = e->size ? e->size * 2 : BUCKETS;
    struct item **buckets = uc_kalloc(size * sizeof(struct item *));
    if (!buckets)
        return e->size; /* longer chains */
    e->buckets = buckets;
    e->size = size;
    for (size_t b = 0; b < old.size; b++)
        for (struct item *i = old.buckets[b], *next; i; i = next) {
            struct item **to = bucket(e, i->fd);
            next = i->next;
            i->next = *to;
            *to = i;
        }
    uc_kfree(old.buckets, old.size * sizeof(struct item *));
    return true;
}

static void item_remove(struct item *i)
{
    struct item **link = bucket(i->set, i->fd);
    struct file_watch **watch = &i->file->watches;
    while (*link != i)
        link = &(*link)->next;
    *link = i->next;
    while (*watch != &i->closed)
        watch = &(*watch)->next;
    *watch = i->closed.next;
    uc_queue_remove(&i->watch);
    ready_remove(i);
    i->set->count--;
    uc_kfree(i, sizeof *i);
}

static void item_closed(struct file_watch *w)
{
    item_remove((struct item *)((char *)w - offsetof(struct item, closed)));
}

static long item_add(struct epoll *e, int fd, struct file *f,
                     const struct epoll_event *event)
{
    struct item *i = uc_kalloc(sizeof *i);
    if (!i || !grow(e)) {
        uc_kfree(i, sizeof *i);
        return -ENOMEM;
    }
    *i = (struct item){.watch.wake = item_woken,
                       .closed = {f->watches, item_closed},
                       .set = e,
                       .file = f,
                       .fd = fd,
                       .events = event->events | POLLERR | POLLHUP,
                       .data = event->data,
                       .next = *bucket(e, fd)};
    *bucket(e, fd) = i;
    f->watches = &i->closed;
    e->count++;
    uc_queue_add(f->ops->queue(f), &i->watch);
    look(i);
    return 0;
}

/* ---- the set as a file ---- */

static unsigned epoll_poll(struct file *f)
{
    struct epoll *e = f->node;
    while (e->ready && !now(e->ready))
        ready_remove(e->ready);
    return e->ready ? POLLIN | POLLRDNORM : 0;
}

static struct uc_queue *epoll_queue(struct file *f)
{
    return &((struct epoll *)f->node)->queue;
}

static void epoll_release(struct file *f)
{
    struct epoll *e = f->node;
    for (size_t b = 0; b < e->size; b++)
        while (e->buckets[b])
            item_remove(e->buckets[b]);
    uc_kfree(e->buckets, e->size * sizeof(struct item *));
    uc_kfree(e, sizeof *e);
}

static const struct file_ops epoll_ops = {
    .stat = uc_anonymous_stat,
    .poll = epoll_poll,
    .queue = epoll_queue,
    .release = epoll_release,
};

long uc_sys_epoll_create1(long flags)
{
    if ((int)flags & ~EPOLL_CLOEXEC)
        return -EINVAL;
    struct epoll *e = uc_kalloc(sizeof *e);
    struct file *f = uc_file_new(&epoll_ops, O_RDWR);
    if (!e || !f) {
        uc_kfree(e, sizeof *e);
        uc_file_free(f);
        return -ENOMEM;
    }
    e->ready_end = &e->ready;
    f->node = e;
    return uc_fd_install(f, flags & EPOLL_CLOEXEC);
}

long uc_sys_epoll_create(long size)
{
    return (int)size <= 0 ? -EINVAL : uc_sys_epoll_create1(0);
}

/* ---- changing it ---- */

/* True if f's set is `e` or leads there, or is nested too deeply. */
static bool leads_to(struct file *f, const struct epoll *e, int depth)
{
    const struct epoll *from = f->node;
    if (f->ops != &epoll_ops)
        return false;
    if (from == e || !depth)
        return true;
    for (size_t b = 0; b < from->size; b++)
        for (struct item *i = from->buckets[b]; i; i = i->next)
            if (leads_to(i->file, e, depth - 1))
                return true;
    return false;
}

static long add(struct epoll *e, int fd, struct file *f,
                const struct epoll_event *event)
{
    if (find(e, fd, f))
        return -EEXIST;
    if (leads_to(f, e, NESTS))
        return -ELOOP;
    return item_add(e, fd, f, event);
}

static long modify(struct item *i, const struct epoll_event *event)
{
    if (!i)
        return -ENOENT;
    if (i->events & EPOLLEXCLUSIVE)
        return -EINVAL;
    i->events = event->events | POLLERR | POLLHUP;
    i->data = event->data;
    if (!i->ready_link) /* else whoever waits has been told */
        look(i);
    return 0;
}

static bool bad_exclusive(int command, const struct file *f, uint32_t events)
{
    return events & EPOLLEXCLUSIVE &&
           (command == EPOLL_CTL_MOD || f->ops == &epoll_ops ||
            events & ~with_exclusive);
}

long uc_sys_epoll_ctl(long set, long what, long which, long p)
{
    const struct epoll_event *event = (const struct epoll_event *)p;
    int command = (int)what, fd = (int)which;
    struct file *f = uc_fd_file(fd), *s = uc_fd_file((int)set);
    if (command != EPOLL_CTL_DEL && !event)
        return -EFAULT;
    if (!f || !s || (f->flags | s->flags) & O_PATH)
        return -EBADF;
    if (!f->ops->queue) /* as regular files */
        return -EPERM;
    if (f == s || s->ops != &epoll_ops)
        return -EINVAL;
    if (command != EPOLL_CTL_DEL && bad_exclusive(command, f, event->events))
        return -EINVAL;
    struct epoll *e = s->node;
    struct item *i = find(e, fd, f);
    switch (command) {
    case EPOLL_CTL_ADD:
        return add(e, fd, f, event);
    case EPOLL_CTL_MOD:
        return modify(i, event);
    case EPOLL_CTL_DEL:
        if (i)
            item_remove(i);
        return i ? 0 : -ENOENT;
    default:
        return -EINVAL;
    }
}

/* ---- waiting ---- */

/* Stores up to n events. Items that stay ready are looked at once. */
static long collect(struct epoll *e, struct epoll_event *events, long n)
{
    struct item *again = NULL, **end = &again;
    long done = 0;
    while (done < n && e->ready) {
        struct item *i = e->ready;
        uint32_t bits = now(i);
        ready_remove(i);
        if (!bits)
            continue;
        events[done++] = (struct epoll_event){bits, i->data};
        if (i->events & EPOLLONESHOT) {
            i->events &= modes;
        } else if (!(i->events & EPOLLET)) {
            i->ready_next = NULL;
            *end = i;
            end = &i->ready_next;
        }
    }
    while (again) {
        struct item *i = again;
        again = i->ready_next;
        ready_add(i);
    }
    return done;
}

static long wait_for(int fd, struct epoll_event *events, int n, uint64_t ns)
{
    struct file *f = uc_fd_file(fd);
    if (n <= 0 || n > MOST_EVENTS)
        return -EINVAL;
    if (!f)
        return -EBADF;
    if (f->ops != &epoll_ops)
        return -EINVAL;
    struct epoll *e = f->node;
    uc_poll_steps_run(e->ready);
    long done = collect(e, events, n), error = 0;
    if (done || !ns)
        return done;
    uint64_t until = uc_deadline(ns);
    f->refs++;
    while (!done && !error) {
        error = uc_wait(&e->queue, until, false);
        if (error != -EINTR)
            done = collect(e, events, n);
    }
    uc_file_drop(f);
    return done ? done : error == -ETIMEDOUT ? 0 : error;
}

static long wait_masked(long fd, long events, long n, uint64_t ns, long mask,
                        long size)
{
    sigbits before;
    long error = uc_signal_mask_begin(mask, size, &before);
    if (error)
        return error;
    long result = wait_for((int)fd, (struct epoll_event *)events, (int)n, ns);
    uc_signal_mask_end(mask, before);
    return result;
}

static uint64_t ms_ns(long ms)
{
    return (int)ms < 0 ? UINT64_MAX : (uint64_t)(int)ms * 1000000;
}

long uc_sys_epoll_wait(long fd, long events, long n, long ms)
{
    return wait_for((int)fd, (struct epoll_event *)events, (int)n, ms_ns(ms));
}

long uc_sys_epoll_pwait(long fd, long events, long n, long ms, long mask,
                        long size)
{
    return wait_masked(fd, events, n, ms_ns(ms), mask, size);
}

long uc_sys_epoll_pwait2(long fd, long events, long n, long timeout, long mask,
                         long size)
{
    uint64_t ns;
    long error = uc_timespec_ns((const struct __kernel_timespec *)timeout, &ns);
    return error ? error : wait_masked(fd, events, n, ns, mask, size);
}
