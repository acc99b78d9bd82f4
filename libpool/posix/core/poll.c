/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll.c: poll and select: a look at all descriptors, and if none is ready a
 * watch on the queue of each, until something wakes the thread to look again.
 * Files are held while they are watched.
 */
#include "poll.h"

#include <linux/poll.h>
#include <linux/time.h>
#include <uc/clock.h>
#include <uc/mem.h>
#include <uc/signal.h>

enum {
    ALWAYS = POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM,
    NS = 1000000000,
    FOR_READ = POLLIN | POLLRDNORM | POLLHUP | POLLERR,
    FOR_WRITE = POLLOUT | POLLWRNORM | POLLERR,
    FEW = 8,                 /* watches without an allocation */
    WORD = sizeof(long) * 8, /* descriptors in one of a set */
};

unsigned uc_poll_state(struct file *f)
{
    return f->ops->poll ? f->ops->poll(f) : ALWAYS;
}

/*
 * Who never waits must see what devices bring all the same: each time that
 * nothing is ready, and now and then when something always is.
 */
bool uc_poll_steps_run(bool ready)
{
    enum {
        TIMES = 32
    };
    static unsigned count;
    if (!uc_poll_steps || (ready && ++count % TIMES))
        return false;
    uc_poll();
    return true;
}

static unsigned state(int fd)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? POLLNVAL : ALWAYS;
    struct file *f = uc_fd_file(fd);
    if (!f || f->flags & O_PATH)
        return POLLNVAL;
    return uc_poll_state(f);
}

/* ---- watching ---- */

struct watch {
    struct uc_watch watch;
    struct thread *thread;
    struct file *file;
};
struct watches {
    struct watch few[FEW], *all;
    size_t count, room;
};

static void wake(struct uc_watch *w)
{
    uc_sched_wake(((struct watch *)w)->thread);
}

static bool watches_start(struct watches *w, size_t room)
{
    w->all = room <= FEW ? w->few : uc_kalloc(room * sizeof *w->all);
    w->room = room;
    w->count = 0;
    return w->all;
}

static void watch(struct watches *w, int fd)
{
    struct file *f = CFG_FILES && fd >= 0 ? uc_fd_file(fd) : NULL;
    if (!f || !f->ops->queue)
        return;
    struct watch *one = &w->all[w->count++];
    *one = (struct watch){{.wake = wake}, uc_sched_self(), f};
    f->refs++;
    uc_queue_add(f->ops->queue(f), &one->watch);
}

static void watches_end(struct watches *w)
{
    for (size_t i = 0; i < w->count; i++)
        uc_queue_remove(&w->all[i].watch);
    for (size_t i = 0; i < w->count; i++)
        uc_file_drop(w->all[i].file);
    if (w->all != w->few)
        uc_kfree(w->all, w->room * sizeof *w->all);
}

static struct __kernel_timespec time_left(uint64_t until)
{
    uint64_t now = uc_clock_mono();
    uint64_t left = until > now ? until - now : 0;
    return (struct __kernel_timespec){(int64_t)(left / NS), (long)(left % NS)};
}

/* ---- poll ---- */

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

static long poll_for(struct pollfd *p, unsigned long n, uint64_t ns)
{
    struct watches w;
    if (n > FD_MAX)
        return -EINVAL;
    long ready = scan(p, n);
    if (uc_poll_steps_run(ready))
        ready = scan(p, n);
    if (ready || (!ns && !uc_signal_waits()))
        return ready;
    uint64_t until = uc_deadline(ns);
    if (!watches_start(&w, n))
        return -ENOMEM;
    for (unsigned long i = 0; i < n; i++)
        watch(&w, p[i].fd);
    long error = 0;
    while (!ready && !error) {
        error = uc_sched_block(until);
        ready = scan(p, n);
    }
    watches_end(&w);
    if (!ready && error == -EINTR)
        uc_signal_deliver();
    return ready ? ready : error == -ETIMEDOUT ? 0 : error;
}

long uc_sys_poll(long fds, long n, long ms)
{
    uint64_t ns = (int)ms < 0 ? UINT64_MAX : (uint64_t)(int)ms * 1000000;
    return poll_for((struct pollfd *)fds, (unsigned)n, ns);
}

long UC_TIME64(ppoll, _time64)(long fds, long n, long timeout, long mask,
                               long size)
{
    uint64_t ns;
    sigbits before;
    struct __kernel_timespec *t = (struct __kernel_timespec *)timeout;
    long error = uc_timespec_ns(t, &ns);
    if (error)
        return error;
    error = uc_signal_mask_begin(mask, size, &before);
    if (error)
        return error;
    uint64_t until = uc_deadline(ns);
    long result = poll_for((struct pollfd *)fds, (unsigned)n, ns);
    uc_signal_mask_end(mask, before);
    if (t && until != UINT64_MAX)
        *t = time_left(until);
    return result;
}

/* ---- select ---- */

struct sets {
    unsigned long *set[3]; /* the caller's: to read, to write, special */
    unsigned long *asked;  /* copies, set after set */
    long n;
    size_t words;
};
static const unsigned set_bits[3] = {FOR_READ, FOR_WRITE, POLLPRI};

static bool is_asked(const struct sets *s, int which, long fd)
{
    return s->set[which] &&
           s->asked[(size_t)which * s->words + (size_t)fd / WORD] >> fd % WORD &
               1;
}

/* How many bits; with `store`, into the sets; -EBADF. */
static long scan_sets(const struct sets *s, bool store)
{
    long ready = 0;
    for (int i = 0; store && i < 3; i++)
        if (s->set[i])
            memset(s->set[i], 0, s->words * sizeof *s->asked);
    for (long fd = 0; fd < s->n; fd++) {
        unsigned asked = 0;
        for (int i = 0; i < 3; i++)
            asked |= (unsigned)is_asked(s, i, fd) << i;
        if (!asked)
            continue;
        unsigned now = state((int)fd);
        if (now & POLLNVAL)
            return -EBADF;
        for (int i = 0; i < 3; i++) {
            if (!(asked >> i & 1) || !(now & set_bits[i]))
                continue;
            ready++;
            if (store)
                s->set[i][fd / WORD] |= 1ul << fd % WORD;
        }
    }
    return ready;
}

static long select_wait(struct sets *s, uint64_t ns)
{
    struct watches w;
    uint64_t until = uc_deadline(ns);
    if (!watches_start(&w, (size_t)s->n))
        return -ENOMEM;
    for (long fd = 0; fd < s->n; fd++)
        if (is_asked(s, 0, fd) || is_asked(s, 1, fd) || is_asked(s, 2, fd))
            watch(&w, (int)fd);
    long ready = 0, error = 0;
    while (!ready && !error) {
        error = uc_sched_block(until);
        ready = scan_sets(s, false);
    }
    watches_end(&w);
    if (!ready && error == -EINTR)
        uc_signal_deliver();
    return ready ? ready : error == -ETIMEDOUT ? 0 : error;
}

static long select_for(long n, const long sets[3], uint64_t ns)
{
    struct sets s = {.n = n > FD_MAX ? FD_MAX : n};
    unsigned long few[3 * FEW];
    if (n < 0)
        return -EINVAL;
    s.words = ((size_t)s.n + WORD - 1) / WORD;
    size_t size = 3 * s.words * sizeof *few;
    s.asked = size <= sizeof few ? few : uc_kalloc(size);
    if (!s.asked)
        return -ENOMEM;
    for (size_t i = 0; i < 3; i++) {
        s.set[i] = (unsigned long *)sets[i];
        if (s.set[i])
            memcpy(s.asked + i * s.words, s.set[i], s.words * sizeof *few);
    }
    long ready = scan_sets(&s, false);
    if (uc_poll_steps_run(ready))
        ready = scan_sets(&s, false);
    if (!ready && (ns || uc_signal_waits()))
        ready = select_wait(&s, ns);
    if (ready >= 0)
        ready = scan_sets(&s, true);
    if (s.asked != few)
        uc_kfree(s.asked, size);
    return ready;
}

long UC_TIME64(pselect6, _time64)(long n, long r, long w, long e, long timeout,
                                  long masked)
{
    struct {
        long mask, size;
    } none = {0, 0}, *m = masked ? (void *)masked : &none;
    struct __kernel_timespec *t = (struct __kernel_timespec *)timeout;
    uint64_t ns;
    sigbits before;
    long error = uc_timespec_ns(t, &ns);
    if (!error)
        error = uc_signal_mask_begin(m->mask, m->size, &before);
    if (error)
        return error;
    uint64_t until = uc_deadline(ns);
    long result = select_for((int)n, (long[3]){r, w, e}, ns);
    uc_signal_mask_end(m->mask, before);
    if (t && until != UINT64_MAX)
        *t = time_left(until);
    return result;
}

long uc_sys_select(long n, long r, long w, long e, long timeout)
{
    struct __kernel_old_timeval *t = (struct __kernel_old_timeval *)timeout;
    uint64_t ns = UINT64_MAX;
    if (t && (t->tv_sec < 0 || t->tv_usec < 0))
        return -EINVAL;
    if (t) {
        uint64_t s = (uint64_t)t->tv_sec + (uint64_t)t->tv_usec / 1000000;
        if (s < UINT64_MAX / NS - 1)
            ns = s * NS + (uint64_t)t->tv_usec % 1000000 * 1000;
    }
    uint64_t until = uc_deadline(ns);
    long result = select_for((int)n, (long[3]){r, w, e}, ns);
    if (t && until != UINT64_MAX) {
        struct __kernel_timespec left = time_left(until);
        t->tv_sec = (long)left.tv_sec;
        t->tv_usec = (long)left.tv_nsec / 1000;
    }
    return result;
}
