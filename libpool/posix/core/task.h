/* SPDX-License-Identifier: BSD-2-Clause */
/* task.h: what posix/core keeps for each thread (thread.c). */
#ifndef UC_POSIX_TASK_H
#define UC_POSIX_TASK_H

#include <linux/signal.h>
#include <uc/sched.h>

#include "core.h"

extern const int CFG_THREADS;

/* Pending for a thread or the process: pending.c. */
struct signals {
    sigbits bits, by_thread; /* by_thread: si_code is SI_TKILL */
    struct queued *queued;
};

struct task {
    struct thread thread;
    struct task *next; /* in the list of all */
    int tid;
    int policy;     /* SCHED_... */
    int *clear_tid; /* becomes 0 when it ends; its futex is woken */
    struct robust_list_head *robust; /* of mutexes it holds */
    int (*func)(void *);
    void *arg;
    sigbits blocked;    /* signals, as bits */
    sigbits waited_for; /* by sigtimedwait, though they are blocked */
    struct signals signals;
    stack_t signal_stack; /* as sigaltstack has it; no handler uses it */
    char *stack;          /* to be freed after it; NULL: libc does that */
    size_t stack_size;
};

extern struct task uc_first_task;
struct task *uc_task(void);
struct task *uc_tasks(void);        /* the first of all */
struct task *uc_task_find(int tid); /* NULL: there is none */

/* futex.c: wakes up to n that wait for the word; how many. */
long uc_futex_wake(int *word, long n);

#endif
