/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.c: the public syscall(). The linker turns a constant number into a
 * direct call; what is left goes to the dispatcher.
 */
#define _BSD_SOURCE
#include <stdarg.h>
#include <unistd.h>

#include "syscall.h"

#undef syscall

long uc_syscall(long n, long a[6]);

long syscall(long n, ...)
{
    long a[6];
    va_list ap;

    va_start(ap, n);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(ap, long);
    va_end(ap);
    uc_enter();
    return __syscall_ret(uc_called(uc_syscall(n, a)));
}
