/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linux.c: every system call that is not about paths, as the instruction.
 * Numbers are the kernel headers'; the list is uc/sys.def. Functions nobody
 * calls are dropped by the linker.
 */
#include <asm/signal.h>
#include <asm/unistd.h>
#include <uc/arch.h>
#include <uc/raw.h>
#include <uc/sys.h>

#include "vdso.h"

#define uc_sys_clock_gettime uc_kernel_clock_gettime /* see vdso.c */
#define SYS(n, name) UC_FORWARD(n, name)
#define SYS_WAIT(n, name) UC_FORWARD_WAIT(n, name)
#define SYS_OLD(n, name) UC_OLD(UC_FORWARD, n, name)
#define SYS_OLD_WAIT(n, name) UC_OLD(UC_FORWARD_WAIT, n, name)
#define SYS_32(n, name) UC_32(UC_FORWARD, n, name)
#define SYS_32_WAIT(n, name) UC_32(UC_FORWARD_WAIT, n, name)
#include <uc/sys.def>

/*
 * musl's names for the older calls of 32-bit machines, with all six arguments
 * as uc/sys.def does not have them.
 */
#if __SIZEOF_POINTER__ == 4
#define NAMED(musl, name)                                                      \
    long uc_sys_##musl(UC_SYS_PARAMS_6);                                       \
    long uc_sys_##musl(UC_SYS_PARAMS_6)                                        \
    {                                                                          \
        return uc_raw6(UC_FORWARD_6(__NR_##name));                             \
    }
NAMED(clock_gettime32, clock_gettime)
NAMED(clock_settime32, clock_settime)
NAMED(clock_getres_time32, clock_getres)
NAMED(clock_nanosleep_time32, clock_nanosleep)
NAMED(gettimeofday_time32, gettimeofday)
NAMED(settimeofday_time32, settimeofday)
NAMED(timer_settime32, timer_settime)
NAMED(timer_gettime32, timer_gettime)
NAMED(timerfd_settime32, timerfd_settime)
NAMED(timerfd_gettime32, timerfd_gettime)
#endif

#ifndef __NR_fork
long uc_sys_fork(void)
{
    return uc_raw5(__NR_clone, SIGCHLD, 0, 0, 0, 0);
}
#endif

long uc_syscall(long number, long a[6])
{
    return uc_raw6(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
