/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.c: alarm, setitimer and timer_create: timers that send signals. The
 * machine runs nothing but the program: the timers of its processor time are
 * timers of time.
 */
#include <linux/signal.h>
#include <uc/mem.h>

#include "interval.h"
#include "signals.h"

/* ---- one of each kind ---- */

struct itimer {
    struct interval interval;
    int sig;
};

static void send_plain(struct interval *i, uint64_t times)
{
    siginfo_t info;
    (void)times;
    memset(&info, 0, sizeof info);
    info.si_signo = ((struct itimer *)i)->sig;
    info.si_code = SI_KERNEL;
    uc_signal_post(&info, 0);
}

#define ITIMER(signal)                                                         \
    {.interval = {.clock = CLOCK_MONOTONIC, .expired = send_plain},            \
     .sig = signal}
static struct itimer itimers[] = {
    [ITIMER_REAL] = ITIMER(SIGALRM),
    [ITIMER_VIRTUAL] = ITIMER(SIGVTALRM),
    [ITIMER_PROF] = ITIMER(SIGPROF),
};

static struct __kernel_old_itimerval
to_itimerval(const struct __kernel_itimerspec *s)
{
    struct __kernel_old_itimerval v = {
        {(long)s->it_interval.tv_sec, (long)s->it_interval.tv_nsec / 1000},
        {(long)s->it_value.tv_sec, (long)s->it_value.tv_nsec / 1000},
    };
    if (s->it_value.tv_nsec && !v.it_value.tv_sec && !v.it_value.tv_usec)
        v.it_value.tv_usec = 1; /* 0 would say that it is not set */
    return v;
}

static struct __kernel_itimerspec
to_itimerspec(const struct __kernel_old_itimerval *v)
{
    return (struct __kernel_itimerspec){
        {v->it_interval.tv_sec, v->it_interval.tv_usec * 1000},
        {v->it_value.tv_sec, v->it_value.tv_usec * 1000},
    };
}

long uc_sys_getitimer(long which, long result)
{
    struct __kernel_itimerspec now;
    if ((unsigned)which > ITIMER_PROF)
        return -EINVAL;
    uc_interval_get(&itimers[which].interval, &now);
    *(struct __kernel_old_itimerval *)result = to_itimerval(&now);
    return 0;
}

long uc_sys_setitimer(long which, long given, long result)
{
    const struct __kernel_old_itimerval *v =
        (const struct __kernel_old_itimerval *)given;
    struct __kernel_itimerspec new = {{0, 0}, {0, 0}}, old;
    if ((unsigned)which > ITIMER_PROF)
        return -EINVAL;
    if (v)
        new = to_itimerspec(v);
    uc_sched_ticks();
    long error = uc_interval_set(&itimers[which].interval, &new, &old, false);
    if (!error && result)
        *(struct __kernel_old_itimerval *)result = to_itimerval(&old);
    return error;
}

long uc_sys_alarm(long seconds)
{
    struct __kernel_itimerspec new = {{0, 0}, {(unsigned)seconds, 0}}, old;
    uc_sched_ticks();
    uc_interval_set(&itimers[ITIMER_REAL].interval, &new, &old, false);
    long left = (long)old.it_value.tv_sec + (old.it_value.tv_nsec >= 500000000);
    return left || !old.it_value.tv_nsec ? left : 1;
}

/* ---- as many as are made ---- */

struct timer {
    struct interval interval;
    struct timer *next; /* by number */
    int id, overrun;
    struct sigevent event;
};

static struct timer *timers;

static void send_event(struct interval *i, uint64_t times)
{
    struct timer *t = (struct timer *)i;
    uint64_t overrun = times - 1;
    if (t->event.sigev_notify == SIGEV_NONE)
        return;
    siginfo_t *waits = uc_signal_queued(t->event.sigev_signo, t->id);
    if (waits) {
        overrun += (unsigned)waits->si_overrun + 1u;
        t->overrun = overrun > INT32_MAX ? INT32_MAX : (int)overrun;
        waits->si_overrun = t->overrun;
        return;
    }
    siginfo_t info;
    memset(&info, 0, sizeof info);
    info.si_signo = t->event.sigev_signo;
    info.si_code = SI_TIMER;
    info.si_tid = t->id;
    info.si_value = t->event.sigev_value;
    info.si_overrun = t->overrun =
        overrun > INT32_MAX ? INT32_MAX : (int)overrun;
    uc_signal_post(&info, t->event.sigev_notify & SIGEV_THREAD_ID
                              ? uc_task_find(t->event.sigev_notify_thread_id)
                              : 0);
}

static struct timer *timer_of(int id)
{
    struct timer *t = timers;
    while (t && t->id != id)
        t = t->next;
    return t;
}

static long event_of(const struct sigevent *given, struct sigevent *event)
{
    memset(event, 0, sizeof *event);
    event->sigev_signo = SIGALRM;
    event->sigev_notify = SIGEV_SIGNAL;
    if (!given)
        return 0;
    *event = *given;
    if (event->sigev_notify == SIGEV_NONE)
        return 0;
    if ((event->sigev_notify & ~SIGEV_THREAD_ID) != SIGEV_SIGNAL &&
        event->sigev_notify != SIGEV_THREAD)
        return -EINVAL;
    return event->sigev_signo > 0 && event->sigev_signo <= 64 ? 0 : -EINVAL;
}

long uc_sys_timer_create(long clock, long event, long result)
{
    struct timer **link = &timers;
    struct sigevent e;
    uint64_t now;
    int id = 0;
    if (uc_clock_read((int)clock, &now))
        return -EINVAL;
    long error = event_of((const struct sigevent *)event, &e);
    if (error)
        return error;
    struct timer *t = uc_kalloc(sizeof *t);
    if (!t)
        return -EAGAIN;
    for (; *link && (*link)->id == id; link = &(*link)->next)
        id++;
    if (!event)
        e.sigev_value.sival_int = id;
    t->interval.clock = (int)clock;
    t->interval.expired = send_event;
    t->event = e;
    t->id = id;
    t->next = *link;
    *link = t;
    *(int *)result = id;
    return 0;
}

long UC_TIME64(timer_settime, 64)(long id, long flags, long given, long old)
{
    enum {
        ABSOLUTE = 1 /* TIMER_ABSTIME */
    };
    const struct __kernel_itimerspec *new =
        (const struct __kernel_itimerspec *)given;
    struct timer *t = timer_of((int)id);
    if (!t || !new)
        return -EINVAL;
    uc_sched_ticks();
    long error = uc_interval_set(
        &t->interval, new, (struct __kernel_itimerspec *)old, flags & ABSOLUTE);
    if (!error)
        t->overrun = 0;
    return error;
}

long UC_TIME64(timer_gettime, 64)(long id, long now)
{
    struct timer *t = timer_of((int)id);
    if (!t)
        return -EINVAL;
    uc_interval_get(&t->interval, (struct __kernel_itimerspec *)now);
    return 0;
}

long uc_sys_timer_getoverrun(long id)
{
    struct timer *t = timer_of((int)id);
    return t ? t->overrun : -EINVAL;
}

long uc_sys_timer_delete(long id)
{
    struct timer *t = timer_of((int)id), **link = &timers;
    if (!t)
        return -EINVAL;
    while (*link != t)
        link = &(*link)->next;
    *link = t->next;
    uc_timeout_stop(&t->interval.timer);
    uc_kfree(t, sizeof *t);
    return 0;
}
