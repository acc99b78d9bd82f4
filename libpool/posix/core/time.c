/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.c: the clocks, and sleeping. The machine runs nothing but the program:
 * processor time is the time since the first question about it.
 */
#include <linux/resource.h>
#include <linux/time.h>
#include <linux/times.h>
#include <uc/clock.h>
#include <uc/sched.h>

#include "core.h"

enum {
    NS = 1000000000,
    TICK = NS / 100
}; /* clock ticks are 1/100 s */

long uc_timespec_ns(const struct __kernel_timespec *t, uint64_t *ns)
{
    *ns = UINT64_MAX;
    if (!t)
        return 0;
    if (t->tv_sec < 0 || (unsigned long)t->tv_nsec >= NS)
        return -EINVAL;
    if ((uint64_t)t->tv_sec < UINT64_MAX / NS - 1)
        *ns = (uint64_t)t->tv_sec * NS + (unsigned long)t->tv_nsec;
    return 0;
}

static uint64_t first;

static uint64_t running(void)
{
    uint64_t now = uc_clock_mono();
    if (!first)
        first = now;
    return now - first;
}

long uc_clock_read(long id, uint64_t *ns)
{
    switch (id) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
        *ns = uc_clock_wall();
        return 0;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
        *ns = uc_clock_mono();
        return 0;
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
        *ns = running();
        return 0;
    default:
        return -EINVAL;
    }
}

static void put(struct __kernel_timespec *t, uint64_t ns)
{
    t->tv_sec = (int64_t)(ns / NS);
    t->tv_nsec = (long)(ns % NS);
}

long UC_TIME64(clock_gettime, 64)(long id, long result)
{
    uint64_t ns;
    long error = uc_clock_read((int)id, &ns);
    if (!error)
        put((struct __kernel_timespec *)result, ns);
    return error;
}

long UC_TIME64(clock_getres, _time64)(long id, long result)
{
    uint64_t ns;
    long error = uc_clock_read((int)id, &ns);
    if (!error && result)
        put((struct __kernel_timespec *)result, 1);
    return error;
}

long uc_sys_gettimeofday(long result, long zone)
{
    struct __kernel_old_timeval *t = (struct __kernel_old_timeval *)result;
    uint64_t ns = uc_clock_wall();
    if (t) {
        t->tv_sec = (long)(ns / NS);
        t->tv_usec = (long)(ns % NS / 1000);
    }
    if (zone)
        memset((void *)zone, 0, sizeof(struct timezone));
    return 0;
}

long uc_sys_time(long result)
{
    long now = (long)(uc_clock_wall() / NS);
    if (result)
        *(long *)result = now;
    return now;
}

long uc_sys_times(long result)
{
    struct tms *t = (struct tms *)result;
    if (t) {
        memset(t, 0, sizeof *t);
        t->tms_utime = (long)(running() / TICK);
    }
    return (long)(uc_clock_mono() / TICK);
}

long uc_sys_getrusage(long of, long result)
{
    int who = (int)of;
    struct rusage *u = (struct rusage *)result;
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
        return -EINVAL;
    memset(u, 0, sizeof *u);
    if (who == RUSAGE_CHILDREN)
        return 0;
    uint64_t ns = running();
    u->ru_utime.tv_sec = (long)(ns / NS);
    u->ru_utime.tv_usec = (long)(ns % NS / 1000);
    return 0;
}

long UC_TIME64(clock_nanosleep, _time64)(long id, long flags, long want,
                                         long left)
{
    const struct __kernel_timespec *t = (const struct __kernel_timespec *)want;
    uint64_t now;
    long error = uc_clock_read((int)id, &now);
    if (error)
        return error;
    if ((int)id == CLOCK_THREAD_CPUTIME_ID || (flags & ~TIMER_ABSTIME) ||
        t->tv_sec < 0 || (unsigned long)t->tv_nsec >= NS)
        return -EINVAL;
    uint64_t ns = (uint64_t)t->tv_sec >= INT64_MAX / NS
                      ? INT64_MAX
                      : (uint64_t)t->tv_sec * NS + (unsigned long)t->tv_nsec;
    if (flags & TIMER_ABSTIME)
        ns = ns > now ? ns - now : 0;
    uint64_t end = uc_deadline(ns);
    while (ns) {
        long result = uc_wait(NULL, end, false);
        if (result == -ETIMEDOUT)
            return 0;
        if (!result)
            continue;
        uint64_t rest = end - uc_clock_mono();
        if (left && !(flags & TIMER_ABSTIME))
            put((struct __kernel_timespec *)left, (int64_t)rest > 0 ? rest : 0);
        return result;
    }
    return 0;
}
