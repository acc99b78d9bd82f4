/* SPDX-License-Identifier: BSD-2-Clause */
/* sched.c: one thread. A wait that nothing can end is the end. */
#include <linux/errno.h>
#include <uc/clock.h>
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/sched.h>
#include <uc/signal.h>

static struct thread only;

struct thread *uc_sched_self(void)
{
    return &only;
}

void uc_sched_wake(struct thread *t)
{
    t->woken = true;
}

void uc_sched_only(struct thread *t)
{
    (void)t;
}

char *uc_sched_main_sp(char *sp)
{
    return sp;
}

void uc_sched_yield(void)
{
    uc_poll();
}

long uc_sched_block(uint64_t deadline)
{
    if (!uc_poll_steps && deadline == UINT64_MAX) {
        uc_log("deadlock: the only thread waits for ever", -1);
        uc_plat_exit(1);
    }
    for (;;) {
        uint64_t next = uc_poll();
        if (only.woken) {
            only.woken = false;
            return 0;
        }
        if (uc_signal_waits())
            return -EINTR;
        uint64_t now = uc_clock_mono();
        if (deadline <= now)
            return -ETIMEDOUT;
        if (next > deadline)
            next = deadline;
        if (next > now)
            uc_plat_wait(next == UINT64_MAX ? next : next - now);
    }
}

/* ---- never called: nobody starts a second thread, nothing ticks ---- */

void uc_sched_start(struct thread *t, void *stack)
{
    (void)t, (void)stack;
}

_Noreturn void uc_sched_end(void (*after)(void *), void *arg)
{
    (void)after, (void)arg;
    uc_plat_exit(1);
}

void uc_sched_tls(void *tls)
{
    (void)tls;
}

void uc_sched_preempted(void)
{
}
