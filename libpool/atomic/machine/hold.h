/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hold.h: nothing comes between hold_begin() and hold_end(): threads take
 * turns, and handlers run, where something waits, or by a tick, which leaves
 * the pool alone.
 */
#ifndef UC_HOLD_H
#define UC_HOLD_H

#include <uc/pool.h>

struct hold {
    char was; /* the pool calls, too */
};

static inline void hold_begin(struct hold *h)
{
    h->was = CFG_PREEMPT ? uc_in_pool : 0;
    uc_enter();
    __asm__ volatile("" ::: "memory");
}

static inline void hold_end(struct hold *h)
{
    __asm__ volatile("" ::: "memory");
    if (!h->was)
        uc_leave();
}

#endif
