/* SPDX-License-Identifier: BSD-2-Clause */
/* thread.c: threads, as clone and exit have them. */
#include <linux/futex.h>
#include <linux/sched.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/pool.h>
#include <uc/thread.h>

#include "signals.h"

struct task uc_first_task = {.tid = SELF,
                             .signal_stack = {.ss_flags = SS_DISABLE}};

static struct task *tasks = &uc_first_task;

struct task *uc_task(void)
{
    struct task *t = CFG_THREADS ? uc_sched_self()->owner : 0;
    return t ? t : &uc_first_task;
}

struct task *uc_tasks(void)
{
    return tasks;
}

struct task *uc_task_find(int tid)
{
    struct task *t = tasks;
    while (t && t->tid != tid)
        t = t->next;
    return t;
}

/* ---- beginning ---- */

static void begin(void *p)
{
    struct task *t = p;
    uc_leave();
    int result = t->func(t->arg);
    uc_enter();
    uc_sys_exit(result);
}

/* Numbers are not used again before all others were. */
static int new_tid(void)
{
    static int last = SELF;
    do
        last = last == FUTEX_TID_MASK ? SELF + 1 : last + 1;
    while (uc_task_find(last));
    return last;
}

void uc_thread_pointer(void *tls)
{
    uc_sched_tls(tls);
}

long uc_clone(int (*func)(void *), void *stack, int flags, void *arg,
              int *parent_tid, void *tls, int *child_tid)
{
    const int all =
        CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    if ((flags & all) != all)
        return -ENOSYS; /* a process */
    struct task *t = uc_kalloc(sizeof *t);
    if (!t)
        return -EAGAIN;
    t->thread.owner = t;
    t->thread.run = begin;
    t->thread.arg = t;
    t->thread.tls = flags & CLONE_SETTLS ? tls : uc_sched_self()->tls;
    t->tid = new_tid();
    t->policy = uc_task()->policy;
    t->thread.priority = uc_task()->thread.priority;
    t->blocked = uc_task()->blocked;
    t->signal_stack.ss_flags = SS_DISABLE;
    t->func = func;
    t->arg = arg;
    if (flags & CLONE_PARENT_SETTID)
        *parent_tid = t->tid;
    if (flags & CLONE_CHILD_SETTID)
        *child_tid = t->tid;
    if (flags & CLONE_CHILD_CLEARTID)
        t->clear_tid = child_tid;
    t->next = tasks;
    tasks = t;
    uc_sched_start(&t->thread, stack);
    return t->tid;
}

/* ---- the end ---- */

/* Robust mutexes that the thread holds go to who waits for them. */
static void give_up(struct task *t, struct robust_list *entry)
{
    if (!entry)
        return;
    long offset = t->robust->futex_offset;
    int *word = (int *)((char *)((unsigned long)entry & ~1ul) + offset);
    if ((*word & FUTEX_TID_MASK) != t->tid)
        return;
    int waiters = *word & (int)FUTEX_WAITERS;
    *word = waiters | FUTEX_OWNER_DIED;
    if (waiters)
        uc_futex_wake(word, 1);
}

static void give_up_all(struct task *t)
{
    struct robust_list_head *head = t->robust;
    struct robust_list *entry = head->list.next;
    for (int most = 2048; entry && entry != &head->list && most; most--) {
        struct robust_list *next = entry->next;
        if (entry != head->list_op_pending)
            give_up(t, entry);
        entry = next;
    }
    give_up(t, head->list_op_pending);
}

/* On another thread's stack. */
static void release(void *p)
{
    struct task *t = p;
    if (t->stack)
        uc_sys_munmap((long)t->stack, (long)t->stack_size);
    if (t != &uc_first_task)
        uc_kfree(t, sizeof *t);
}

_Noreturn static void end_thread(struct task *t)
{
    struct task **at = &tasks;
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    uc_signal_end(t);
    if (t->robust)
        give_up_all(t);
    if (t->clear_tid) {
        *t->clear_tid = 0;
        uc_futex_wake(t->clear_tid, 1);
    }
    uc_sched_end(release, t);
}

long uc_sys_exit(long status)
{
    struct task *t = uc_task();
    if (!CFG_THREADS || (tasks == t && !t->next))
        uc_exit((int)status & 255);
    end_thread(t);
}

void uc_unmap_self(void *base, size_t size)
{
    struct task *t = uc_task();
    t->stack = base;
    t->stack_size = size;
    uc_enter();
    uc_sys_exit(0);
    __builtin_unreachable();
}

/* ---- what threads are called, and what they hold ---- */

long uc_sys_gettid(void)
{
    return uc_task()->tid;
}

long uc_sys_set_tid_address(long p)
{
    struct task *t = uc_task();
    t->clear_tid = (int *)p;
    return t->tid;
}

long uc_sys_set_robust_list(long head, long n)
{
    if (n != (long)sizeof(struct robust_list_head))
        return -EINVAL;
    uc_task()->robust = (struct robust_list_head *)head;
    return 0;
}

long uc_sys_get_robust_list(long pid, long head, long size)
{
    struct task *t = pid ? uc_task_find((int)pid) : uc_task();
    if (!t)
        return -ESRCH;
    *(struct robust_list_head **)head = t->robust;
    *(size_t *)size = sizeof *t->robust;
    return 0;
}
