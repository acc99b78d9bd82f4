/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * policy.c: policies of scheduling, and priorities. A thread with a real-time
 * one runs before all that have a lower priority; among equals of SCHED_FIFO,
 * too, the tick of sched/preempt changes turns.
 */
#include <linux/sched.h>

#include "task.h"

enum {
    PRIORITY_MOST = 99
};

struct parameter { /* the kernel's struct sched_param */
    int priority;
};

static struct task *task_of(long pid)
{
    return (int)pid ? uc_task_find((int)pid) : uc_task();
}

static bool is_real_time(int policy)
{
    return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool is_known(int policy)
{
    return is_real_time(policy) || policy == SCHED_NORMAL ||
           policy == SCHED_BATCH || policy == SCHED_IDLE;
}

long uc_sys_sched_setscheduler(long pid, long policy, long parameter)
{
    const struct parameter *p = (const struct parameter *)parameter;
    int kind = (int)policy & ~SCHED_RESET_ON_FORK;
    if (!p || (int)pid < 0 || !is_known(kind))
        return -EINVAL;
    if (is_real_time(kind) ? p->priority < 1 || p->priority > PRIORITY_MOST
                           : p->priority != 0)
        return -EINVAL;
    struct task *t = task_of(pid);
    if (!t)
        return -ESRCH;
    t->policy = kind;
    t->thread.priority = p->priority;
    uc_sched_yield();
    return 0;
}

long uc_sys_sched_setparam(long pid, long parameter)
{
    const struct task *t = (int)pid < 0 ? 0 : task_of(pid);
    if ((int)pid < 0)
        return -EINVAL;
    return t ? uc_sys_sched_setscheduler(pid, t->policy, parameter) : -ESRCH;
}

long uc_sys_sched_getscheduler(long pid)
{
    const struct task *t = (int)pid < 0 ? 0 : task_of(pid);
    if ((int)pid < 0)
        return -EINVAL;
    return t ? t->policy : -ESRCH;
}

long uc_sys_sched_getparam(long pid, long parameter)
{
    const struct task *t = (int)pid < 0 ? 0 : task_of(pid);
    if (!parameter || (int)pid < 0)
        return -EINVAL;
    if (!t)
        return -ESRCH;
    ((struct parameter *)parameter)->priority = t->thread.priority;
    return 0;
}

long uc_sys_sched_get_priority_max(long policy)
{
    if (!is_known((int)policy))
        return -EINVAL;
    return is_real_time((int)policy) ? PRIORITY_MOST : 0;
}

long uc_sys_sched_get_priority_min(long policy)
{
    if (!is_known((int)policy))
        return -EINVAL;
    return is_real_time((int)policy);
}
