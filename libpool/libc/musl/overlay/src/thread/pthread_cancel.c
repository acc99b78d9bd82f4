/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_cancel.c: a flag in the thread, and a signal that ends the system
 * call which it waits in: uc/thread.h has the rules. The platform's handler
 * knows whether the call can still be taken back (uc_cancel_signal); what has
 * happened stays, and the thread ends at the next call.
 */
#include <string.h>
#include <uc/thread.h>

#include "pthread_impl.h"
#include "syscall.h"

hidden long __cancel(void);

_Thread_local volatile int uc_cancel;

long __cancel(void)
{
    pthread_t self = __pthread_self();

    if (self->canceldisable == PTHREAD_CANCEL_ENABLE || self->cancelasync) {
        uc_cancel = UC_CANCEL_NONE;
        pthread_exit(PTHREAD_CANCELED);
    }
    self->canceldisable = PTHREAD_CANCEL_DISABLE;
    return -ECANCELED;
}

long uc_cp_begin(int waits, int *before)
{
    pthread_t self = __pthread_self();

    *before = uc_cancel;
    if (self->canceldisable == PTHREAD_CANCEL_DISABLE ||
        (self->canceldisable && !waits))
        return 0;
    uc_cancel = waits ? UC_CANCEL_CALL : UC_CANCEL_NONE;
    if (!self->cancel)
        return 0;
    uc_cancel = *before;
    return __cancel();
}

int uc_plain_begin(void)
{
    int before = uc_cancel;

    uc_cancel = UC_CANCEL_NONE;
    return before;
}

/* A handler's call is inside of another one, which is still to be ended. */
void uc_plain_end(int before)
{
    if (before && __pthread_self()->cancel)
        before = UC_CANCEL_NOW;
    uc_cancel = before;
}

long uc_cp_end(long result, int before)
{
    pthread_t self = __pthread_self();
    int could = uc_cancel;

    uc_plain_end(before);
    if (could && result == -EINTR && self->cancel &&
        self->canceldisable != PTHREAD_CANCEL_DISABLE)
        return __cancel();
    return result;
}

static void cancel_handler(int sig, siginfo_t *info, void *context)
{
    pthread_t self = __pthread_self();

    a_barrier();
    if (!self->cancel || self->canceldisable == PTHREAD_CANCEL_DISABLE)
        return;
    if (self->cancelasync) {
        __restore_sigs(&((ucontext_t *)context)->uc_sigmask);
        __cancel();
    }
    if (uc_cancel)
        uc_cancel = UC_CANCEL_NOW;
    uc_cancel_signal(sig, context);
}

void __testcancel(void)
{
    pthread_t self = __pthread_self();

    if (self->cancel && !self->canceldisable)
        __cancel();
}

static void init_cancellation(void)
{
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_RESTART,
                               .sa_sigaction = cancel_handler};

    memset(&action.sa_mask, -1, _NSIG / 8);
    __libc_sigaction(SIGCANCEL, &action, 0);
}

int pthread_cancel(pthread_t t)
{
    static int init;

    if (!init) {
        init_cancellation();
        init = 1;
    }
    a_store(&t->cancel, 1);
    if (t != pthread_self())
        return pthread_kill(t, SIGCANCEL);
    if (t->canceldisable == PTHREAD_CANCEL_ENABLE && t->cancelasync)
        pthread_exit(PTHREAD_CANCELED);
    return 0;
}
