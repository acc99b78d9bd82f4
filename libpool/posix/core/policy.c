/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * policy.c: scheduling policies and niceness. Threads take turns and nothing
 * else runs, so only what changes nothing is granted: the real-time policies
 * are refused, as to a process without the right. Niceness is remembered.
 */
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/time.h>

#include "task.h"

enum {
    BEST = -20,
    WORST = 19
};

static bool is_real_time(int policy)
{
    return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool is_policy(int policy)
{
    return is_real_time(policy) || policy == SCHED_NORMAL ||
           policy == SCHED_BATCH || policy == SCHED_IDLE;
}

/* Of a thread: 0, -EINVAL, -ESRCH. */
static long check(int tid)
{
    if (tid < 0)
        return -EINVAL;
    return !tid || uc_task_find(tid) ? 0 : -ESRCH;
}

long uc_sys_sched_get_priority_max(long policy)
{
    if (!is_policy((int)policy))
        return -EINVAL;
    return is_real_time((int)policy) ? 99 : 0;
}

long uc_sys_sched_get_priority_min(long policy)
{
    if (!is_policy((int)policy))
        return -EINVAL;
    return is_real_time((int)policy) ? 1 : 0;
}

long uc_sys_sched_getscheduler(long tid)
{
    long error = check((int)tid);
    return error ? error : SCHED_NORMAL;
}

long uc_sys_sched_getparam(long tid, long param)
{
    long error = check((int)tid);
    if (!error)
        *(int *)param = 0;
    return error;
}

long uc_sys_sched_setscheduler(long tid, long how, long param)
{
    int policy = (int)how & ~SCHED_RESET_ON_FORK;
    const int *priority = (const int *)param;
    long error = check((int)tid);
    if (!priority || !is_policy(policy))
        return -EINVAL;
    if (error)
        return error;
    if (*priority < (is_real_time(policy) ? 1 : 0) ||
        *priority > (is_real_time(policy) ? 99 : 0))
        return -EINVAL;
    return is_real_time(policy) ? -EPERM : 0;
}

long uc_sys_sched_setparam(long tid, long param)
{
    return uc_sys_sched_setscheduler(tid, SCHED_NORMAL, param);
}

long uc_sys_sched_rr_get_interval(long tid, long result)
{
    long error = check((int)tid);
    if (!error)
        *(struct timespec *)result = (struct timespec){0, 0};
    return error;
}

/* ---- niceness ---- */

static int nice;

static long check_who(long which, long who)
{
    if ((unsigned)which > PRIO_USER)
        return -EINVAL;
    return (int)which == PRIO_USER || (int)who == 0 || (int)who == SELF
               ? 0
               : -ESRCH;
}

/* As the kernel has it: 1 is the worst, 40 the best. */
long uc_sys_getpriority(long which, long who)
{
    long error = check_who(which, who);
    return error ? error : 20 - nice;
}

long uc_sys_setpriority(long which, long who, long value)
{
    long error = check_who(which, who);
    int asked = (int)value;
    if (!error)
        nice = asked < BEST ? BEST : asked > WORST ? WORST : asked;
    return error;
}
