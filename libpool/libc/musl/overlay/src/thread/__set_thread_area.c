/* SPDX-License-Identifier: BSD-2-Clause */
/* __set_thread_area.c: the thread pointer, set by the platform. */
#include "pthread_impl.h"

void uc_plat_tls(void *);

int __set_thread_area(void *p)
{
    uc_plat_tls(p);
    return 0;
}
