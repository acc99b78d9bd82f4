/* SPDX-License-Identifier: BSD-2-Clause */
/* wait.c: queues, and a wait for one of them: uc/sched.h. */
#include <linux/errno.h>
#include <stddef.h>
#include <uc/clock.h>
#include <uc/sched.h>
#include <uc/signal.h>

void uc_queue_add(struct uc_queue *q, struct uc_watch *w)
{
    w->next = q->first;
    if (w->next)
        w->next->link = &w->next;
    w->link = &q->first;
    q->first = w;
}

void uc_queue_remove(struct uc_watch *w)
{
    if (!w->link)
        return;
    *w->link = w->next;
    if (w->next)
        w->next->link = w->link;
    w->next = NULL;
    w->link = NULL;
}

void uc_queue_wake(struct uc_queue *q)
{
    struct uc_watch *w = q->first;

    while (w) {
        struct uc_watch *next = w->next;
        w->wake(w);
        w = next;
    }
}

unsigned uc_woken_for = ~0u;

void uc_queue_wake_for(struct uc_queue *q, unsigned bits)
{
    unsigned before = uc_woken_for;

    uc_woken_for = bits;
    uc_queue_wake(q);
    uc_woken_for = before;
}

uint64_t uc_deadline(uint64_t ns)
{
    uint64_t at;

    if (ns == UINT64_MAX || __builtin_add_overflow(uc_clock_mono(), ns, &at))
        return UINT64_MAX;
    return at;
}

struct waiter {
    struct uc_watch watch;
    struct thread *thread;
};

static void wake_waiter(struct uc_watch *w)
{
    uc_sched_wake(((struct waiter *)w)->thread);
}

long uc_wait(struct uc_queue *q, uint64_t deadline, bool restart)
{
    struct waiter w = {{.wake = wake_waiter}, uc_sched_self()};

    if (q)
        uc_queue_add(q, &w.watch);
    long result = uc_sched_block(deadline);
    if (q)
        uc_queue_remove(&w.watch);
    if (result == -EINTR && uc_signal_deliver() && restart)
        return 0;
    return result;
}
