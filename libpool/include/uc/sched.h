/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sched.h: threads and waiting, the contract of role sched.
 *
 * The pool is one critical section: a thread that is inside it keeps the
 * processor until it blocks, and no interrupt does more than end a halt. So
 * between a look at a condition and the wait for it nothing can happen, and
 * the pool needs no locks.
 *
 * What can come true later has a queue. Who makes it true wakes the queue;
 * who waits looks, waits, and looks again, as a wait may end early:
 *
 *     while (!p->used) {
 *         long error = uc_wait(&p->readers, deadline, true);
 *         if (error)
 *             return error;
 *     }
 *
 * While no thread can run, the scheduler calls uc_poll(): the steps of the
 * components in use that manifests name with `poll`. A step takes what devices
 * have brought, wakes the queues, and says when it wants to be called again:
 *
 *     uint64_t uc_net_poll(void); // a time of uc_clock_mono; UINT64_MAX: when
 * a device has something
 *
 * Times are uc_clock_mono(), nanoseconds; UINT64_MAX is never.
 */
#ifndef UC_SCHED_H
#define UC_SCHED_H

#include <stdbool.h>
#include <stdint.h>
#include <uc/platform.h>
#include <uc/pool.h>

/* The scheduler's part of a thread; all zero but for run, arg and tls. */
struct thread {
    void (*run)(void *arg); /* where it begins; does not return */
    void *arg, *tls;        /* tls: the thread pointer */
    void *owner;            /* posix/core's part of it */
    void *sp;               /* while another one runs */
    struct thread *next;    /* of those that can run, or that sleep */
    struct thread *sleep_next;
    uint64_t deadline;
    int priority; /* who has a higher one runs first */
    bool blocked, sleeping, woken;
};

/* ---- queues (posix/core wait.c) ---- */

/* On one queue at most; all zero: on none. */
struct uc_watch {
    struct uc_watch *next, **link;
    void (*wake)(struct uc_watch *w); /* may remove w, must not block */
};
/* All zero: empty. */
struct uc_queue {
    struct uc_watch *first;
};

void uc_queue_add(struct uc_queue *q, struct uc_watch *w);
void uc_queue_remove(struct uc_watch *w); /* or does nothing */
/* Calls wake of all that watch. */
void uc_queue_wake(struct uc_queue *q);
/* The same; wake may know that only these POLL* bits can have come true. */
void uc_queue_wake_for(struct uc_queue *q, unsigned bits);
extern unsigned uc_woken_for; /* for wake: those bits, or all */

/*
 * Waits until q is woken (NULL: nothing wakes it): 0; -ETIMEDOUT; -EINTR when
 * a signal's handler has run: the system call is to end with that. With
 * `restart`, 0 instead if all handlers that ran want calls to be restarted.
 */
long uc_wait(struct uc_queue *q, uint64_t deadline, bool restart);

/* now + ns, at most UINT64_MAX, which stays never. */
uint64_t uc_deadline(uint64_t ns);

/* ---- the role ---- */

struct thread *uc_sched_self(void);

/*
 * The thread sleeps until it is woken: 0; -ETIMEDOUT; -EINTR: a signal waits
 * for it (its caller withdraws from all queues, then calls
 * uc_signal_deliver). A wake that comes before counts. If nothing can ever
 * wake it, the program ends with a message.
 */
long uc_sched_block(uint64_t deadline);
void uc_sched_wake(struct thread *t);

/* Only t runs from now on; NULL: all. */
void uc_sched_only(struct thread *t);
/* Where the stack of the first thread ends now; sp: if that is this one. */
char *uc_sched_main_sp(char *sp);

/* Lets another thread run. */
void uc_sched_yield(void);

/* ---- with more than one thread: sched/coop, sched/preempt ---- */

/* t can run, on the stack that ends at `stack`. */
void uc_sched_start(struct thread *t, void *stack);
/* This thread is no more. after(arg) is called on another one's stack. */
_Noreturn void uc_sched_end(void (*after)(void *), void *arg);
/* Sets this thread's pointer. */
void uc_sched_tls(void *tls);

/* ---- sched/preempt ---- */

/* A signal can come by itself: from now on computing is interrupted for it. */
static inline void uc_sched_ticks(void)
{
    if (CFG_PREEMPT)
        uc_plat_tick_start();
}

/* For platforms. */

void uc_sched_tick(void);

/* ---- made by the analyzer: init.c ---- */

uint64_t uc_poll(void);
extern const int uc_poll_steps; /* 0: no device will ever wake anybody */

#endif
