/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel_signal.c: the signal of pthread_cancel, in the thread that it is for.
 *
 * Elsewhere than in cancel.S it may have interrupted a handler, which has
 * interrupted a call in its turn: the signal comes back when the handler
 * returns and with that no longer blocks it.
 */
#include <asm/sigcontext.h>
#include <asm/signal.h>
#include <asm/ucontext.h>
#include <asm/unistd.h>
#include <stdint.h>
#include <uc/raw.h>
#include <uc/sys.h>
#include <uc/thread.h>

extern const char uc_cancelable_end[], uc_canceled[];

void uc_cancel_signal(int sig, void *context)
{
    struct ucontext *u = context;
    uintptr_t at = u->uc_mcontext.rip;

    u->uc_sigmask |= (sigset_t)1 << (sig - 1);
    if (at >= (uintptr_t)uc_cancelable && at < (uintptr_t)uc_cancelable_end)
        u->uc_mcontext.rip = (uintptr_t)uc_canceled;
    else
        uc_raw2(__NR_tkill, uc_raw0(__NR_gettid), sig);
}
