/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * times32.c: the older calls of 32-bit machines, whose seconds are a long. A
 * libc has them for times that fit, and for none. A result that does not fit
 * is -EOVERFLOW where Linux says so, else it is cut off.
 */
#if __SIZEOF_POINTER__ == 4
#include <linux/futex.h>
#include <linux/time.h>

#include "core.h"

/* NULL for NULL: *to is *from. */
static long widen(struct __kernel_timespec *to, long from)
{
    const struct __kernel_old_timespec *t =
        (const struct __kernel_old_timespec *)from;
    if (!t)
        return 0;
    *to = (struct __kernel_timespec){t->tv_sec, t->tv_nsec};
    return (long)to;
}

static struct __kernel_old_timespec narrow(const struct __kernel_timespec *t)
{
    return (struct __kernel_old_timespec){(long)t->tv_sec, (long)t->tv_nsec};
}

/* Stores what a call gave, if it is wanted. */
static long put(long error, const struct __kernel_timespec *t, long result)
{
    if (!error && result)
        *(struct __kernel_old_timespec *)result = narrow(t);
    return error;
}

/* ---- clocks ---- */

long uc_sys_clock_gettime(long id, long result)
{
    struct __kernel_timespec t;
    return put(uc_sys_clock_gettime64(id, (long)&t), &t, result);
}

long uc_sys_clock_getres(long id, long result)
{
    struct __kernel_timespec t;
    return put(uc_sys_clock_getres_time64(id, (long)&t), &t, result);
}

long uc_sys_clock_nanosleep(long id, long flags, long want, long left)
{
    struct __kernel_timespec t, rest = {-1, 0};
    long result = uc_sys_clock_nanosleep_time64(id, flags, widen(&t, want),
                                                left ? (long)&rest : 0);
    if (left && rest.tv_sec >= 0) /* it was stored */
        *(struct __kernel_old_timespec *)left = narrow(&rest);
    return result;
}

long uc_sys_nanosleep(long want, long left)
{
    return uc_sys_clock_nanosleep(CLOCK_MONOTONIC, 0, want, left);
}

/* ---- waiting ---- */

long uc_sys_futex(long address, long operation, long value, long timeout,
                  long address2, long value3)
{
    struct __kernel_timespec t;
    switch (operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
    case FUTEX_WAIT_BITSET:
    case FUTEX_LOCK_PI:
        timeout = widen(&t, timeout);
        break;
    default: /* it is none, but a number */
        break;
    }
    return uc_sys_futex_time64(address, operation, value, timeout, address2,
                               value3);
}

long uc_sys_ppoll(long fds, long n, long timeout, long mask, long size)
{
    struct __kernel_timespec t;
    long result = uc_sys_ppoll_time64(fds, n, widen(&t, timeout), mask, size);
    if (timeout)
        *(struct __kernel_old_timespec *)timeout = narrow(&t);
    return result;
}

long uc_sys_pselect6(long n, long r, long w, long e, long timeout, long masked)
{
    struct __kernel_timespec t;
    long result =
        uc_sys_pselect6_time64(n, r, w, e, widen(&t, timeout), masked);
    if (timeout)
        *(struct __kernel_old_timespec *)timeout = narrow(&t);
    return result;
}

long uc_sys__newselect(long n, long r, long w, long e, long timeout)
{
    return uc_sys_select(n, r, w, e, timeout);
}

long uc_sys_rt_sigtimedwait(long set, long result, long timeout, long size)
{
    struct __kernel_timespec t;
    return uc_sys_rt_sigtimedwait_time64(set, result, widen(&t, timeout), size);
}

long uc_sys_recvmmsg(long fd, long heads, long n, long flags, long timeout)
{
    struct __kernel_timespec t;
    return uc_sys_recvmmsg_time64(fd, heads, n, flags, widen(&t, timeout));
}

/* ---- files ---- */

long uc_sys_utimensat(long dirfd, long path, long times, long flags)
{
    const struct __kernel_old_timespec *from =
        (const struct __kernel_old_timespec *)times;
    struct __kernel_timespec t[2];
    for (int i = 0; from && i < 2; i++)
        widen(&t[i], (long)&from[i]);
    return uc_sys_utimensat_time64(dirfd, path, from ? (long)t : 0, flags);
}

/* ---- timers ---- */

static long widen_timer(struct __kernel_itimerspec *to, long from)
{
    struct __kernel_old_timespec *t = (struct __kernel_old_timespec *)from;
    if (!t)
        return 0;
    widen(&to->it_interval, (long)&t[0]);
    widen(&to->it_value, (long)&t[1]);
    return (long)to;
}

static long put_timer(long error, const struct __kernel_itimerspec *from,
                      long result)
{
    struct __kernel_old_timespec *t = (struct __kernel_old_timespec *)result;
    if (!error && t) {
        t[0] = narrow(&from->it_interval);
        t[1] = narrow(&from->it_value);
    }
    return error;
}

long uc_sys_timer_settime(long id, long flags, long given, long old)
{
    struct __kernel_itimerspec to, from;
    long error =
        uc_sys_timer_settime64(id, flags, widen_timer(&to, given), (long)&from);
    return put_timer(error, &from, old);
}

long uc_sys_timer_gettime(long id, long now)
{
    struct __kernel_itimerspec from;
    return put_timer(uc_sys_timer_gettime64(id, (long)&from), &from, now);
}

long uc_sys_timerfd_settime(long fd, long flags, long given, long old)
{
    struct __kernel_itimerspec to, from;
    long error = uc_sys_timerfd_settime64(fd, flags, widen_timer(&to, given),
                                          (long)&from);
    return put_timer(error, &from, old);
}

long uc_sys_timerfd_gettime(long fd, long now)
{
    struct __kernel_itimerspec from;
    return put_timer(uc_sys_timerfd_gettime64(fd, (long)&from), &from, now);
}

/* ---- under the names that musl has for these ---- */

/* With all six arguments, as calls are that uc/sys.def does not have. */
#define NAMED(musl, name, ...)                                                 \
    long uc_sys_##musl(UC_SYS_PARAMS_6);                                       \
    long uc_sys_##musl(UC_SYS_PARAMS_6)                                        \
    {                                                                          \
        (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;                  \
        return uc_sys_##name(__VA_ARGS__);                                     \
    }
NAMED(clock_gettime32, clock_gettime, a, b)
NAMED(clock_getres_time32, clock_getres, a, b)
NAMED(clock_nanosleep_time32, clock_nanosleep, a, b, c, d)
NAMED(gettimeofday_time32, gettimeofday, a, b)
NAMED(timer_settime32, timer_settime, a, b, c, d)
NAMED(timer_gettime32, timer_gettime, a, b)
NAMED(timerfd_settime32, timerfd_settime, a, b, c, d)
NAMED(timerfd_gettime32, timerfd_gettime, a, b)
#endif
