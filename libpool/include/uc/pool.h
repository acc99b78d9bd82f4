/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool.h: the border of the pool's critical section, for who calls into it:
 * libc's system calls, the allocators. Only sched/preempt needs to know: an
 * interrupt switches threads outside, and is put off until the end inside.
 */
#ifndef UC_POOL_H
#define UC_POOL_H

extern const int CFG_PREEMPT;
extern volatile char uc_in_pool, uc_put_off; /* sched/preempt */
void uc_sched_preempted(void);               /* what was put off */

static inline void uc_enter(void)
{
    if (CFG_PREEMPT)
        uc_in_pool = 1;
}

static inline void uc_leave(void)
{
    if (!CFG_PREEMPT)
        return;
    uc_in_pool = 0;
    if (uc_put_off)
        uc_sched_preempted();
}

#endif
