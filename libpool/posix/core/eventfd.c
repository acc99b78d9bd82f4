/* SPDX-License-Identifier: BSD-2-Clause */
/* eventfd.c: a counter that can be waited for. */
#include <linux/poll.h>
#include <uc/mem.h>
#include <uc/sched.h>

#include "core.h"

enum { /* <sys/eventfd.h> */
    EFD_SEMAPHORE = 1,
    EFD_CLOEXEC = O_CLOEXEC,
    EFD_NONBLOCK = O_NONBLOCK,
};

struct counter {
    uint64_t value;
    bool semaphore;
    struct uc_queue queue;
};

static long counter_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    struct counter *c = f->node;
    (void)pos;
    if (n < sizeof c->value)
        return -EINVAL;
    while (!c->value) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&c->queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    uint64_t value = c->semaphore ? 1 : c->value;
    memcpy(p, &value, sizeof value);
    c->value -= value;
    uc_queue_wake_for(&c->queue, POLLOUT);
    return sizeof value;
}

static long counter_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    struct counter *c = f->node;
    uint64_t more;
    (void)pos;
    if (n < sizeof more)
        return -EINVAL;
    memcpy(&more, p, sizeof more);
    if (more == UINT64_MAX)
        return -EINVAL;
    while (more > UINT64_MAX - 1 - c->value) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&c->queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    c->value += more;
    uc_queue_wake_for(&c->queue, POLLIN);
    return sizeof more;
}

static unsigned counter_poll(struct file *f)
{
    struct counter *c = f->node;
    return (c->value ? POLLIN : 0) | (c->value < UINT64_MAX - 1 ? POLLOUT : 0);
}

static struct uc_queue *counter_queue(struct file *f)
{
    return &((struct counter *)f->node)->queue;
}

static void counter_release(struct file *f)
{
    uc_kfree(f->node, sizeof(struct counter));
}

static const struct file_ops counter_ops = {
    .read = counter_read,
    .write = counter_write,
    .stat = uc_anonymous_stat,
    .poll = counter_poll,
    .queue = counter_queue,
    .release = counter_release,
};

long uc_sys_eventfd2(long value, long flags)
{
    if ((int)flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
        return -EINVAL;
    struct counter *c = uc_kalloc(sizeof *c);
    struct file *f =
        uc_file_new(&counter_ops, O_RDWR | ((int)flags & EFD_NONBLOCK));
    if (!c || !f) {
        uc_kfree(c, sizeof *c);
        uc_file_free(f);
        return -ENOMEM;
    }
    c->value = (unsigned)value;
    c->semaphore = flags & EFD_SEMAPHORE;
    f->node = c;
    return uc_fd_install(f, flags & EFD_CLOEXEC);
}

long uc_sys_eventfd(long value)
{
    return uc_sys_eventfd2(value, 0);
}
