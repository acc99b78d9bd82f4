/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.c: futexes. Who waits is in a list, chosen by the word's address, in
 * the order of coming. With one thread waking finds nobody.
 */
#include <linux/futex.h>
#include <linux/time.h>
#include <uc/clock.h>
#include <uc/signal.h>

#include "task.h"

enum {
    LISTS = 64
};

struct waiter {
    struct waiter *next;
    int *word;
    unsigned bits;
    struct thread *thread;
    bool woken;
};

static struct waiter *lists[LISTS];

static const uint64_t second = 1000000000;
static const unsigned any = FUTEX_BITSET_MATCH_ANY;

static struct waiter **list_of(const int *word)
{
    unsigned long p = (unsigned long)word / sizeof *word;
    return &lists[(p ^ p >> 6 ^ p >> 12) % LISTS];
}

static void enter(struct waiter *w)
{
    struct waiter **at = list_of(w->word);
    while (*at)
        at = &(*at)->next;
    w->next = 0;
    *at = w;
}

static void withdraw(struct waiter *w)
{
    struct waiter **at = list_of(w->word);
    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
}

static long wake(int *word, long n, unsigned bits)
{
    struct waiter **at = list_of(word), *w;
    long done = 0;
    if (!CFG_THREADS)
        return 0;
    while (done < n && (w = *at)) {
        if (w->word != word || !(w->bits & bits)) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        w->woken = true;
        uc_sched_wake(w->thread);
        done++;
    }
    return done;
}

long uc_futex_wake(int *word, long n)
{
    return wake(word, n, any);
}

static long requeue(int *word, long n, long more, int *to)
{
    long done = wake(word, n, any), moved = 0;
    struct waiter **at = list_of(word), *w;
    if (!CFG_THREADS)
        return 0;
    while (word != to && moved < more && (w = *at)) {
        if (w->word != word) {
            at = &w->next;
            continue;
        }
        *at = w->next;
        w->word = to;
        enter(w);
        moved++;
    }
    return done + moved;
}

/* ---- waiting ---- */

/* The time on the monotonic clock until which a wait may take. */
static long deadline_of(bool absolute, bool realtime, long timeout,
                        uint64_t *deadline)
{
    const struct __kernel_timespec *t =
        (const struct __kernel_timespec *)timeout;
    *deadline = UINT64_MAX;
    if (!t)
        return 0;
    if (t->tv_sec < 0 || (unsigned long)t->tv_nsec >= second)
        return -EINVAL;
    if ((uint64_t)t->tv_sec >= UINT64_MAX / second - 1)
        return 0;
    uint64_t ns = (uint64_t)t->tv_sec * second + (unsigned long)t->tv_nsec;
    if (absolute) {
        uint64_t now = realtime ? uc_clock_wall() : uc_clock_mono();
        ns = ns > now ? ns - now : 0;
    }
    *deadline = uc_deadline(ns);
    return 0;
}

/* One wait: 0, -EAGAIN, -ETIMEDOUT, -EINTR (no handler has run). */
static long wait_once(int *word, int value, unsigned bits, uint64_t deadline)
{
    struct waiter w = {.word = word, .bits = bits, .thread = uc_sched_self()};
    long result = 0;
    if (*(volatile int *)word != value)
        return -EAGAIN;
    if (CFG_THREADS)
        enter(&w);
    while (!w.woken && !result)
        result = uc_sched_block(deadline);
    if (w.woken)
        return 0;
    if (CFG_THREADS)
        withdraw(&w);
    return result;
}

static long wait(int *word, int value, unsigned bits, uint64_t deadline)
{
    for (;;) {
        long result = wait_once(word, value, bits, deadline);
        if (result != -EINTR || !uc_signal_deliver())
            return result;
    }
}

/* ---- locks whose word is the owner's number ---- */

static long lock(int *word, uint64_t deadline, bool try)
{
    int self = uc_task()->tid;
    for (;;) {
        int now = *word, owner = now & FUTEX_TID_MASK;
        if (!owner) {
            *word = (now & (int)(FUTEX_WAITERS | FUTEX_OWNER_DIED)) | self;
            return 0;
        }
        if (owner == self)
            return -EDEADLK;
        if (try)
            return -EAGAIN;
        *word = now | (int)FUTEX_WAITERS;
        long result = wait(word, *word, any, deadline);
        if (result && result != -EAGAIN)
            return result;
    }
}

static long unlock(int *word)
{
    if ((*word & FUTEX_TID_MASK) != uc_task()->tid)
        return -EPERM;
    *word = 0;
    wake(word, 1, any);
    /* who is left waits for a word that says so */
    for (struct waiter *w = *list_of(word); w; w = w->next)
        if (w->word == word)
            *word = (int)FUTEX_WAITERS;
    return 0;
}

static long owned(int *word, long command, long timeout)
{
    uint64_t deadline;
    long error;
    switch (command) {
    case FUTEX_LOCK_PI:
        error = deadline_of(true, true, timeout, &deadline);
        return error ? error : lock(word, deadline, false);
    case FUTEX_TRYLOCK_PI:
        return lock(word, 0, true);
    case FUTEX_UNLOCK_PI:
        return unlock(word);
    default:
        return -ENOSYS;
    }
}

long UC_TIME64(futex, _time64)(long address, long operation, long value,
                               long timeout, long address2, long value3)
{
    int *word = (int *)address, *word2 = (int *)address2;
    long command = operation & FUTEX_CMD_MASK, error;
    uint64_t deadline;
    if (address & 3)
        return -EINVAL;
    switch (command) {
    case FUTEX_WAIT_BITSET:
        if (!(int)value3)
            return -EINVAL;
        error = deadline_of(true, operation & FUTEX_CLOCK_REALTIME, timeout,
                            &deadline);
        return error ? error
                     : wait(word, (int)value, (unsigned)value3, deadline);
    case FUTEX_WAIT:
        error = deadline_of(false, false, timeout, &deadline);
        return error ? error : wait(word, (int)value, any, deadline);
    case FUTEX_WAKE:
        return wake(word, (int)value, any);
    case FUTEX_WAKE_BITSET:
        return (int)value3 ? wake(word, (int)value, (unsigned)value3) : -EINVAL;
    case FUTEX_CMP_REQUEUE:
        if (*(volatile int *)word != (int)value3)
            return -EAGAIN;
        return requeue(word, (int)value, (int)timeout, word2);
    case FUTEX_REQUEUE:
        return requeue(word, (int)value, (int)timeout, word2);
    default:
        return CFG_THREADS ? owned(word, command, timeout) : -ENOSYS;
    }
}
