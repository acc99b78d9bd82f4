/* SPDX-License-Identifier: BSD-2-Clause */
/* timerfd.c: timers that are read. */
#include <linux/poll.h>
#include <linux/timerfd.h>
#include <uc/mem.h>
#include <uc/sched.h>

#include "interval.h"

struct timerfd {
    struct interval interval;
    uint64_t expired; /* times, since it was read or set */
    struct uc_queue queue;
};

static void expired(struct interval *i, uint64_t times)
{
    struct timerfd *t = (struct timerfd *)i;
    t->expired += times;
    uc_queue_wake(&t->queue);
}

static long timer_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    struct timerfd *t = f->node;
    (void)pos;
    if (n < sizeof t->expired)
        return -EINVAL;
    uc_timeout_poll(); /* who does not wait */
    while (!t->expired) {
        if (f->flags & O_NONBLOCK)
            return -EAGAIN;
        long error = uc_wait(&t->queue, UINT64_MAX, true);
        if (error)
            return error;
    }
    memcpy(p, &t->expired, sizeof t->expired);
    t->expired = 0;
    return sizeof t->expired;
}

static unsigned timer_state(struct file *f)
{
    uc_timeout_poll();
    return ((struct timerfd *)f->node)->expired ? POLLIN : 0;
}

static struct uc_queue *timer_queue(struct file *f)
{
    return &((struct timerfd *)f->node)->queue;
}

static void timer_release(struct file *f)
{
    struct timerfd *t = f->node;
    uc_timeout_stop(&t->interval.timer);
    uc_kfree(t, sizeof *t);
}

static const struct file_ops timer_ops = {
    .read = timer_read,
    .stat = uc_anonymous_stat,
    .poll = timer_state,
    .queue = timer_queue,
    .release = timer_release,
};

static bool is_clock(int clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_MONOTONIC:
    case CLOCK_BOOTTIME:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_BOOTTIME_ALARM:
        return true;
    default:
        return false;
    }
}

long uc_sys_timerfd_create(long clock, long flags)
{
    if (!is_clock((int)clock) || (int)flags & ~(TFD_CLOEXEC | TFD_NONBLOCK))
        return -EINVAL;
    struct timerfd *t = uc_kalloc(sizeof *t);
    struct file *f =
        uc_file_new(&timer_ops, O_RDWR | ((int)flags & TFD_NONBLOCK));
    if (!t || !f) {
        uc_kfree(t, sizeof *t);
        uc_file_free(f);
        return -ENOMEM;
    }
    t->interval.clock = (int)clock;
    t->interval.expired = expired;
    f->node = t;
    return uc_fd_install(f, flags & TFD_CLOEXEC);
}

static long timerfd_of(int fd, struct timerfd **t)
{
    struct file *f = uc_fd_file(fd);
    if (!f)
        return -EBADF;
    if (f->ops != &timer_ops)
        return -EINVAL;
    *t = f->node;
    return 0;
}

long UC_TIME64(timerfd_settime, 64)(long fd, long flags, long new, long old)
{
    struct timerfd *t;
    if ((int)flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET))
        return -EINVAL;
    long error = timerfd_of((int)fd, &t);
    if (!error)
        error = uc_interval_set(
            &t->interval, (const struct __kernel_itimerspec *)new,
            (struct __kernel_itimerspec *)old, flags & TFD_TIMER_ABSTIME);
    if (!error)
        t->expired = 0;
    return error;
}

long UC_TIME64(timerfd_gettime, 64)(long fd, long now)
{
    struct timerfd *t;
    long error = timerfd_of((int)fd, &t);
    if (error)
        return error;
    uc_timeout_poll();
    uc_interval_get(&t->interval, (struct __kernel_itimerspec *)now);
    return 0;
}
