/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hold.h: nothing comes between hold_begin() and hold_end(): no other thread,
 * by a lock, and no handler of a signal in this one, which would wait for the
 * lock for ever.
 */
#ifndef UC_HOLD_H
#define UC_HOLD_H

#include <asm/unistd.h>
#include <uc/raw.h>

enum {
    SIGNALS = 128,
    BLOCK = 1, /* SIG_BLOCK and SIG_SETMASK, which are an architecture's own */
    SET = 3,
};

struct hold {
    unsigned long was[SIGNALS / 8 / sizeof(long)];
};

static volatile int uc_atomic_lock;

static inline void hold_begin(struct hold *h)
{
    static const unsigned long all[SIGNALS / 8 / sizeof(long)] = {-1ul, -1ul,
                                                                  -1ul, -1ul};

    uc_raw4(__NR_rt_sigprocmask, BLOCK, (long)all, (long)h->was, SIGNALS / 8);
    while (__atomic_exchange_n(&uc_atomic_lock, 1, __ATOMIC_ACQUIRE))
        uc_raw0(__NR_sched_yield);
}

static inline void hold_end(struct hold *h)
{
    __atomic_store_n(&uc_atomic_lock, 0, __ATOMIC_RELEASE);
    uc_raw4(__NR_rt_sigprocmask, SET, (long)h->was, 0, SIGNALS / 8);
}

#endif
