/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched.c: threads that run in turn. Those that can run are in one queue;
 * those that wait for a time are in a list, the first to come first. Who
 * blocks looks for the next one, on its own stack, and if there is none, waits
 * for the devices there.
 */
#include <linux/errno.h>
#include <uc/clock.h>
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/pool.h>
#include <uc/sched.h>
#include <uc/signal.h>

#include "switch.h"

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in SWITCH_THREAD. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static void *switch_frame(void *stack, struct thread *t)
{
    uintptr_t end = (uintptr_t)stack & -(uintptr_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    switch_modes(f);
    f->SWITCH_THREAD = (uintptr_t)t;
    f->SWITCH_BASE = 0;
    f->SWITCH_BACK = (uintptr_t)uc_switch_begin;
    return f;
}

extern const int CFG_CHILDREN;

enum {
    POLL_EVERY = 16 /* switches without a look at the devices */
};

static struct thread main_thread, *current = &main_thread;
static struct thread *ready, **ready_end = &ready;
static struct thread *sleepers;
static struct thread *only;   /* the others do not run */
static void (*after)(void *); /* of the thread that ended last */
static void *after_arg;

struct thread *uc_sched_self(void)
{
    return current;
}

void uc_sched_tls(void *tls)
{
    current->tls = tls;
    uc_plat_tls(tls);
}

/* ---- who can run ---- */

/* Behind all others of its priority. */
static void make_ready(struct thread *t)
{
    struct thread **at = ready_end;

    if (t->priority)
        for (at = &ready; *at && (*at)->priority >= t->priority;)
            at = &(*at)->next;
    t->blocked = false;
    t->next = *at;
    *at = t;
    if (!t->next)
        ready_end = &t->next;
    if (CFG_PREEMPT && t->priority > current->priority)
        uc_put_off = 1; /* it runs when the pool is left */
}

void uc_sched_only(struct thread *t)
{
    only = t;
}

char *uc_sched_main_sp(char *sp)
{
    return current == &main_thread ? sp : main_thread.sp;
}

/* Takes the only one that may run out of the queue, if it is there. */
static struct thread *take_only(void)
{
    struct thread **at = &ready;

    while (*at && *at != only)
        at = &(*at)->next;
    if (!*at)
        return NULL;
    *at = only->next;
    if (!*at)
        ready_end = at;
    return only;
}

/* Is there one that may run? */
static bool can_run(void)
{
    const struct thread *t = ready;

    while (CFG_CHILDREN && only && t && t != only)
        t = t->next;
    return t;
}

static struct thread *take_ready(void)
{
    struct thread *t = ready;

    if (CFG_CHILDREN && only)
        return take_only();

    if (t) {
        ready = t->next;
        if (!ready)
            ready_end = &ready;
    }
    return t;
}

void uc_sched_wake(struct thread *t)
{
    t->woken = true;
    if (t->blocked)
        make_ready(t);
}

static void sleep_until(struct thread *t, uint64_t deadline)
{
    struct thread **at = &sleepers;

    while (*at && (*at)->deadline <= deadline)
        at = &(*at)->sleep_next;
    t->deadline = deadline;
    t->sleep_next = *at;
    t->sleeping = true;
    *at = t;
}

static void sleep_no_more(struct thread *t)
{
    struct thread **at = &sleepers;

    if (!t->sleeping)
        return;
    while (*at != t)
        at = &(*at)->sleep_next;
    *at = t->sleep_next;
    t->sleeping = false;
}

/* Those whose time has come can run. Returns the time of the next. */
static uint64_t wake_sleepers(void)
{
    uint64_t now = sleepers ? uc_clock_mono() : 0;

    while (sleepers && sleepers->deadline <= now) {
        struct thread *t = sleepers;
        sleepers = t->sleep_next;
        t->sleeping = false;
        if (t->blocked)
            make_ready(t);
    }
    return sleepers ? sleepers->deadline : UINT64_MAX;
}

/* ---- switching ---- */

static void end_last(void)
{
    void (*f)(void *) = after;

    after = NULL;
    if (f)
        f(after_arg);
}

static void run(struct thread *t)
{
    struct thread *self = current;

    if (t == self)
        return;
    current = t;
    uc_plat_tls(t->tls);
    uc_switch(&self->sp, t->sp);
    end_last();
}

_Noreturn void uc_switch_begun(struct thread *t)
{
    end_last();
    t->run(t->arg);
    __builtin_unreachable();
}

void uc_sched_start(struct thread *t, void *stack)
{
    t->sp = switch_frame(stack, t);
    make_ready(t);
    uc_sched_ticks();
}

static void wait_for_devices(uint64_t next)
{
    uint64_t now;

    if (next == UINT64_MAX && !uc_poll_steps) {
        uc_log("deadlock: every thread waits for ever", -1);
        uc_plat_exit(1);
    }
    if (next == UINT64_MAX) {
        uc_plat_wait(next);
        return;
    }
    now = uc_clock_mono();
    if (next > now)
        uc_plat_wait(next - now);
}

/* The thread whose turn it is; waits until there is one. */
static struct thread *next_thread(void)
{
    static unsigned turn;

    for (;;) {
        if (!can_run() || !(++turn % POLL_EVERY)) {
            uint64_t due = uc_poll(), next = wake_sleepers();
            if (!ready && current->blocked && uc_signal_waits())
                make_ready(current); /* where it is the only one */
            if (!can_run())
                wait_for_devices(due < next ? due : next);
        }
        struct thread *t = take_ready();
        if (t)
            return t;
    }
}

void uc_sched_yield(void)
{
    make_ready(current);
    run(next_thread());
}

long uc_sched_block(uint64_t deadline)
{
    struct thread *self = current;

    if (!self->woken && !uc_signal_waits()) {
        self->blocked = true;
        if (deadline != UINT64_MAX)
            sleep_until(self, deadline);
        run(next_thread());
        sleep_no_more(self);
    }
    if (self->woken) {
        self->woken = false;
        return 0;
    }
    return uc_signal_waits() ? -EINTR : -ETIMEDOUT;
}

_Noreturn void uc_sched_end(void (*f)(void *), void *arg)
{
    struct thread *t = next_thread();

    after = f;
    after_arg = arg;
    run(t);
    __builtin_unreachable();
}

/* ---- with sched/preempt: an interrupt outside of the pool ---- */

void uc_sched_preempted(void)
{
    do {
        uc_in_pool = 1;
        uc_put_off = 0;
        uc_poll();
        wake_sleepers();
        if (can_run() && ready->priority >= current->priority)
            uc_sched_yield();
        if (uc_signal_waits())
            uc_signal_deliver();
        uc_in_pool = 0;
    } while (uc_put_off);
}
