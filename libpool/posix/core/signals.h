/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.h: signals, between pending.c, signal.c and others of posix/core. */
#ifndef UC_POSIX_SIGNALS_H
#define UC_POSIX_SIGNALS_H

#include <asm/siginfo.h>
#include <linux/signal.h>
#include <uc/sigaction.h>
#include <uc/signal.h>

#include "task.h"

static inline sigbits signal_bit(int sig)
{
    return (sigbits)1 << (sig - 1);
}

enum {
    SIGNALS = UC_SIGNALS,
    SET_LONG = sizeof(long) * 8, /* signals in one of a set */
    SET_SIZE = SIGNALS / 8,      /* bytes */
};

static inline sigbits signal_set(const void *p)
{
    const unsigned long *set = p;
    sigbits bits = 0;
    for (int i = 0; i < SIGNALS / SET_LONG; i++)
        bits |= (sigbits)set[i] << (i * SET_LONG);
    return bits;
}

static inline void signal_set_put(void *p, sigbits bits)
{
    unsigned long *set = p;
    for (int i = 0; i < SIGNALS / SET_LONG; i++)
        set[i] = (unsigned long)(bits >> (i * SET_LONG));
}

/* ---- pending.c: signals that have been sent ---- */

/*
 * Makes a signal pending, with what goes with it, for t or, with NULL, for the
 * process; delivers nothing: 0, -EAGAIN.
 */
long uc_signal_post(const siginfo_t *info, struct task *t);

/* What waits of a timer's signal; NULL: nothing. */
siginfo_t *uc_signal_queued(int sig, int timer);

/* Woken by each signal that becomes pending. */
struct uc_queue *uc_signal_queue(void);

/* Of the mask, those pending for this thread or the process. */
sigbits uc_signal_pending(sigbits mask);

/* Takes the first pending one of the mask; false: none. */
bool uc_signal_take(sigbits mask, siginfo_t *info);

/* It is ignored from now on: no thread has it pending any more. */
void uc_signal_forget(int sig);

/* The thread is no more: so are its signals. */
void uc_signal_end(struct task *t);

/* ---- signal.c ---- */

bool uc_signal_is_ignored(int sig);

#endif
