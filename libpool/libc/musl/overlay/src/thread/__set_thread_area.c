/* SPDX-License-Identifier: BSD-2-Clause */
/* __set_thread_area.c: the thread pointer, set by whoever has the threads. */
#include <uc/thread.h>

#include "pthread_impl.h"

int __set_thread_area(void *p)
{
    uc_thread_pointer(p);
    return 0;
}
