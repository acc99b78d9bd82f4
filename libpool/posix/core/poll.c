/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.c: waiting for descriptors. In the one thread nothing changes while it
 * waits, so a wait is a look, then a sleep for the whole time. The console is
 * always ready: whether input has come can only be told by reading it.
 */
#include <linux/poll.h>
#include <linux/time.h>
#include <uc/sched.h>

#include "core.h"

enum {
    ALWAYS = POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM,
    NS = 1000000000,
    FOR_READ = POLLIN | POLLRDNORM | POLLHUP | POLLERR,
    FOR_WRITE = POLLOUT | POLLWRNORM | POLLERR,
};

static unsigned state(int fd)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? POLLNVAL : ALWAYS;
    struct file *f = uc_fd_file(fd);
    if (!f || f->flags & O_PATH)
        return POLLNVAL;
    return f->ops->poll ? f->ops->poll(f) : ALWAYS;
}

static long scan(struct pollfd *p, unsigned long n)
{
    long ready = 0;
    for (; n; n--, p++) {
        const unsigned asked =
            (unsigned short)p->events | POLLERR | POLLHUP | POLLNVAL;
        p->revents = p->fd < 0 ? 0 : (short)(state(p->fd) & asked);
        ready += p->revents != 0;
    }
    return ready;
}

/* *ns for a timespec, UINT64_MAX without one; 0 or -EINVAL. */
static long timespec_ns(const struct timespec *t, uint64_t *ns)
{
    *ns = UINT64_MAX;
    if (!t)
        return 0;
    if (t->tv_sec < 0 || (unsigned long)t->tv_nsec >= NS)
        return -EINVAL;
    if ((uint64_t)t->tv_sec < UINT64_MAX / NS - 1)
        *ns = (uint64_t)t->tv_sec * NS + (uint64_t)t->tv_nsec;
    return 0;
}

static long poll_for(struct pollfd *p, unsigned long n, uint64_t ns)
{
    if (n > FD_MAX)
        return -EINVAL;
    long ready = scan(p, n);
    if (!ready && ns)
        uc_wait(NULL, uc_deadline(ns), false);
    return ready;
}

long uc_sys_poll(long fds, long n, long ms)
{
    uint64_t ns = (int)ms < 0 ? UINT64_MAX : (uint64_t)(int)ms * 1000000;
    return poll_for((struct pollfd *)fds, (unsigned)n, ns);
}

/* The mask changes nothing: signals come only from the program itself. */
long uc_sys_ppoll(long fds, long n, long timeout, long mask, long size)
{
    uint64_t ns;
    (void)mask, (void)size;
    long error = timespec_ns((const struct timespec *)timeout, &ns);
    return error ? error : poll_for((struct pollfd *)fds, (unsigned)n, ns);
}

/* Leaves in set the descriptors that have one of bits; -EBADF. */
static long scan_set(uint64_t *set, long n, unsigned bits)
{
    long ready = 0;
    for (long fd = 0; set && fd < n; fd++) {
        uint64_t bit = (uint64_t)1 << (fd % 64);
        if (!(set[fd / 64] & bit))
            continue;
        unsigned now = state((int)fd);
        if (now & POLLNVAL)
            return -EBADF;
        if (now & bits)
            ready++;
        else
            set[fd / 64] &= ~bit;
    }
    return ready;
}

static long select_for(long n, long r, long w, long e, uint64_t ns)
{
    if ((int)n < 0)
        return -EINVAL;
    if (n > FD_MAX)
        n = FD_MAX;
    long reading = scan_set((uint64_t *)r, n, FOR_READ);
    long writing = scan_set((uint64_t *)w, n, FOR_WRITE);
    long special = scan_set((uint64_t *)e, n, POLLPRI);
    if (reading < 0 || writing < 0 || special < 0)
        return -EBADF;
    if (!(reading + writing + special) && ns)
        uc_wait(NULL, uc_deadline(ns), false);
    return reading + writing + special;
}

long uc_sys_pselect6(long n, long r, long w, long e, long timeout, long mask)
{
    uint64_t ns;
    (void)mask;
    long error = timespec_ns((const struct timespec *)timeout, &ns);
    return error ? error : select_for((int)n, r, w, e, ns);
}

long uc_sys_select(long n, long r, long w, long e, long timeout)
{
    const struct timeval *t = (const struct timeval *)timeout;
    if (!t)
        return select_for((int)n, r, w, e, UINT64_MAX);
    if (t->tv_sec < 0 || t->tv_usec < 0)
        return -EINVAL;
    uint64_t s = (uint64_t)t->tv_sec + (uint64_t)t->tv_usec / 1000000;
    uint64_t ns = s >= UINT64_MAX / NS - 1
                      ? UINT64_MAX
                      : s * NS + (uint64_t)t->tv_usec % 1000000 * 1000;
    return select_for((int)n, r, w, e, ns);
}
