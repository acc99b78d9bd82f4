/* SPDX-License-Identifier: BSD-2-Clause */
/* clone.c: who can start a thread is the role posix. */
#include <stdarg.h>
#include <uc/thread.h>

#include "pthread_impl.h"

int __clone(int (*func)(void *), void *stack, int flags, void *arg, ...)
{
    va_list ap;
    int *parent_tid, *child_tid;
    void *tls;

    va_start(ap, arg);
    parent_tid = va_arg(ap, int *);
    tls = va_arg(ap, void *);
    child_tid = va_arg(ap, int *);
    va_end(ap);
    return (int)uc_clone(func, stack, flags, arg, parent_tid, tls, child_tid);
}
