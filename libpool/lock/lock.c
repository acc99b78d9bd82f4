/* SPDX-License-Identifier: BSD-2-Clause */
/* lock.c: see uc/lock.h. */
#include <linux/errno.h>
#include <uc/config.h>
#include <uc/lock.h>

struct waiter {
    struct uc_watch watch;
    struct thread *thread;
};

static void wake_waiter(struct uc_watch *w)
{
    uc_sched_wake(((struct waiter *)w)->thread);
}

void uc_wait_quietly(struct uc_queue *q)
{
    struct waiter w = {{.wake = wake_waiter}, uc_sched_self()};

    uc_queue_add(q, &w.watch);
    if (uc_sched_block(UINT64_MAX) == -EINTR)
        uc_sched_yield();
    uc_queue_remove(&w.watch);
}

void uc_lock(struct uc_lock *l)
{
    while (CFG_THREADS && l->taken)
        uc_wait_quietly(&l->waiting);
    l->taken = true;
}

void uc_unlock(struct uc_lock *l)
{
    l->taken = false;
    if (CFG_THREADS)
        uc_queue_wake(&l->waiting);
}
