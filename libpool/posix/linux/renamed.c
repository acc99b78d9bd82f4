/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * renamed.c: the system calls that musl has under names of its own on 32-bit
 * machines: those with times of 32 bits, which it makes on kernels that lack
 * the others; and cachectl, of MIPS alone. They are not in uc/sys.def, so musl
 * passes as many arguments as there can be.
 */
#include <asm/unistd.h>
#include <uc/raw.h>
#include <uc/sys.h>

#define RENAMED(name)                                                          \
    long uc_sys_##name(UC_SYS_PARAMS_6);                                       \
    UC_FORWARD(6, name)

#ifdef __NR_clock_gettime64
#define __NR_clock_getres_time32 __NR_clock_getres
#define __NR_clock_gettime32 __NR_clock_gettime
#define __NR_clock_nanosleep_time32 __NR_clock_nanosleep
#define __NR_clock_settime32 __NR_clock_settime
#define __NR_gettimeofday_time32 __NR_gettimeofday
#define __NR_settimeofday_time32 __NR_settimeofday
#define __NR_timer_gettime32 __NR_timer_gettime
#define __NR_timer_settime32 __NR_timer_settime
#define __NR_timerfd_gettime32 __NR_timerfd_gettime
#define __NR_timerfd_settime32 __NR_timerfd_settime
RENAMED(clock_getres_time32)
RENAMED(clock_gettime32)
RENAMED(clock_nanosleep_time32)
RENAMED(clock_settime32)
RENAMED(gettimeofday_time32)
RENAMED(settimeofday_time32)
RENAMED(timer_gettime32)
RENAMED(timer_settime32)
RENAMED(timerfd_gettime32)
RENAMED(timerfd_settime32)
#endif

#ifdef __NR_cachectl
RENAMED(cachectl)
#endif
