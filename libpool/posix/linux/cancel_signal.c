/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel_signal.c: the signal of pthread_cancel, in the thread that it is for.
 *
 * Elsewhere than in cancel.S it may have interrupted a handler, which has
 * interrupted a call in its turn: the signal comes back when the handler
 * returns and with that no longer blocks it.
 */
#include <asm/unistd.h>
#include <uc/raw.h>
#include <uc/sys.h>
#include <uc/thread.h>

#include "context.h"

/* <arch>/cancel.S */
extern const char uc_cancelable_start[], uc_cancelable_end[], uc_canceled[];

void uc_cancel_signal(int sig, void *context)
{
    struct ucontext *u = context;
    uintptr_t at = (uintptr_t)CONTEXT_PC(u);

    CONTEXT_MASK(u)[(sig - 1) / 32] |= (uint32_t)1 << ((sig - 1) % 32);
    if (at >= (uintptr_t)uc_cancelable_start &&
        at < (uintptr_t)uc_cancelable_end)
        CONTEXT_PC(u) = (uintptr_t)uc_canceled;
    else
        uc_raw2(__NR_tkill, uc_raw0(__NR_gettid), sig);
}
