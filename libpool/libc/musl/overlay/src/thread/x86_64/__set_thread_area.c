/* SPDX-License-Identifier: BSD-2-Clause */
/* __set_thread_area.c: %fs, set by the kernel or by the platform. */
#include "pthread_impl.h"
#include "syscall.h"

enum {
    ARCH_SET_FS = 0x1002
};

int __set_thread_area(void *p)
{
    return (int)__syscall(SYS_arch_prctl, ARCH_SET_FS, p);
}
