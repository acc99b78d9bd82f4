/* SPDX-License-Identifier: BSD-2-Clause */
/* __unmapself.c: the end of a detached thread. */
#include <uc/thread.h>

#include "pthread_impl.h"

void __unmapself(void *base, size_t size)
{
    uc_unmap_self(base, size);
}
