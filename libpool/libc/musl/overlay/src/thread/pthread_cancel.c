/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_cancel.c: cancellation at pthread_testcancel and in waits only; a
 * thread inside another system call is not interrupted.
 */
#include "pthread_impl.h"

hidden long __cancel(void);

long __cancel(void)
{
    pthread_t self = __pthread_self();

    if (self->canceldisable == PTHREAD_CANCEL_ENABLE || self->cancelasync)
        pthread_exit(PTHREAD_CANCELED);
    self->canceldisable = PTHREAD_CANCEL_DISABLE;
    return -ECANCELED;
}

void __testcancel(void)
{
    pthread_t self = __pthread_self();

    if (self->cancel && !self->canceldisable)
        __cancel();
}

int pthread_cancel(pthread_t t)
{
    a_store(&t->cancel, 1);
    if (t == pthread_self() && t->cancelasync)
        __testcancel();
    return 0;
}
