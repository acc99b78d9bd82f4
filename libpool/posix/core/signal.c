/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.c: handlers, masks, and who may send what. A handler runs in its
 * thread: inside the call that sends or unblocks the signal, in the wait that
 * the signal ends, or, with sched/preempt, wherever the thread is. Its third
 * argument has the mask, and no registers. A signal that would kill ends the
 * machine with status 128 + number, in silence as on Linux: to say it is the
 * business of who started the program. Stopping does nothing: who would wake
 * it?
 */
#include <linux/signal.h> /* what the next ones need */

#include <linux/time.h>
#include <uc/platform.h>
#include <uc/pool.h>
#include <uc/thread.h>
#include <uc/ucontext.h>

#include "fork.h"
#include "poll.h"
#include "signals.h"

extern const int CFG_SIGNAL_SENT;

struct siginfo_t; /* what libc's name for it comes to in exact types */
typedef void (*info_handler)(int, struct siginfo_t *, void *); /* SA_SIGINFO */

static struct uc_sigaction actions[SIGNALS];

#define BIT(sig) ((sigbits)1 << ((sig) - 1))
static const sigbits unblockable = BIT(SIGKILL) | BIT(SIGSTOP);
static const sigbits harmless = BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) |
                                BIT(SIGWINCH) | BIT(SIGSTOP) | BIT(SIGTSTP) |
                                BIT(SIGTTIN) | BIT(SIGTTOU);

bool uc_signal_is_ignored(int sig)
{
    void (*handler)(int) = actions[sig - 1].handler;
    return handler == SIG_IGN ||
           (handler == SIG_DFL && harmless & signal_bit(sig));
}

size_t uc_signal_saved_size(void)
{
    return sizeof actions;
}

void uc_signal_save(void *to)
{
    memcpy(to, actions, sizeof actions);
}

void uc_signal_restore(const void *from)
{
    memcpy(actions, from, sizeof actions);
}

/* ---- delivery ---- */

static sigbits mask_of(const struct uc_sigaction *a)
{
    sigbits mask = 0;
    for (int i = 0; i < SIGNALS / 32; i++)
        mask |= (sigbits)a->mask[i] << (i * 32);
    return mask;
}

static void run_handler(int sig, const struct uc_sigaction *a, siginfo_t *info)
{
    struct task *t = uc_task();
    sigbits before = t->blocked;
    t->blocked |= mask_of(a) | (a->flags & SA_NODEFER ? 0 : signal_bit(sig));
    t->blocked &= ~unblockable;
    if (a->flags & SA_SIGINFO) {
        struct ucontext context;
        memset(&context, 0, sizeof context);
        signal_set_put(&context.uc_sigmask, before);
        uc_leave();
        ((info_handler)(void (*)(void))a->handler)(
            sig, (struct siginfo_t *)info, &context);
        uc_enter();
        before = signal_set(&context.uc_sigmask) & ~unblockable;
    } else {
        uc_leave();
        a->handler(sig);
        uc_enter();
    }
    t->blocked = before;
}

/* True if what it interrupts is to go on. */
static bool deliver(const siginfo_t *given)
{
    int sig = given->si_signo;
    struct uc_sigaction a = actions[sig - 1];
    siginfo_t info = *given;
    if (uc_signal_is_ignored(sig))
        return true;
    if (a.handler == SIG_DFL && CFG_CHILDREN && uc_fork_is_child())
        uc_fork_end(sig);
    if (a.handler == SIG_DFL)
        uc_exit(128 + sig);
    if (a.flags & SA_RESETHAND)
        actions[sig - 1].handler = SIG_DFL;
    run_handler(sig, &a, &info);
    return a.flags & SA_RESTART;
}

/* pthread_cancel wants this thread's call to end (uc/thread.h). */
static bool is_canceled(void)
{
    return CFG_CANCEL && uc_cancel == UC_CANCEL_NOW;
}

bool uc_signal_waits(void)
{
    const struct task *t = uc_task();
    if (is_canceled())
        return true;
    return CFG_SIGNAL_SENT && uc_signal_pending(~t->blocked | t->waited_for);
}

bool uc_signal_deliver(void)
{
    const struct task *t = uc_task();
    siginfo_t info;
    bool restart = true;
    if (!CFG_SIGNAL_SENT) /* nothing is ever pending */
        return restart;
    while (uc_signal_take(~t->blocked, &info))
        restart &= deliver(&info);
    return restart && !is_canceled();
}

/* The wait ends by itself: uc_signal_waits(). */
void uc_cancel_signal(int sig, void *context)
{
    (void)sig, (void)context;
}

static long send(int sig, struct task *t)
{
    long error = sig ? uc_signal_post_plain(sig, t) : 0;
    uc_signal_deliver();
    return error;
}

long uc_signal_raise(int sig)
{
    return send(sig, 0);
}

/* ---- sending ---- */

long uc_sys_kill(long pid, long sig)
{
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    int to = (int)pid;
    return to == uc_pid() || to == 0 || to == -SELF ? send((int)sig, 0)
                                                    : -ESRCH;
}

long uc_sys_tkill(long tid, long sig)
{
    if ((int)tid <= 0 || (unsigned)sig > SIGNALS)
        return -EINVAL;
    struct task *t = uc_task_find((int)tid);
    return t ? send((int)sig, t) : -ESRCH;
}

long uc_sys_tgkill(long pid, long tid, long sig)
{
    if ((int)pid <= 0)
        return -EINVAL;
    return (int)pid == SELF ? uc_sys_tkill(tid, sig) : -ESRCH;
}

/* What the program says of itself is taken as it is. */
static long send_with(int sig, const siginfo_t *given, struct task *t)
{
    siginfo_t info = *given;
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    info.si_signo = sig;
    long error = sig ? uc_signal_post(&info, t) : 0;
    uc_signal_deliver();
    return error;
}

long uc_sys_rt_sigqueueinfo(long pid, long sig, long info)
{
    if ((int)pid != SELF)
        return -ESRCH;
    return send_with((int)sig, (const siginfo_t *)info, 0);
}

long uc_sys_rt_tgsigqueueinfo(long pid, long tid, long sig, long info)
{
    if ((int)pid <= 0 || (int)tid <= 0)
        return -EINVAL;
    struct task *t = uc_task_find((int)tid);
    if ((int)pid != SELF || !t)
        return -ESRCH;
    return send_with((int)sig, (const siginfo_t *)info, t);
}

/* ---- handling ---- */

long uc_sys_rt_sigaction(long n, long set, long get, long size)
{
    int sig = (int)n;
    const struct uc_sigaction *now = (const struct uc_sigaction *)set;
    if (size != SET_SIZE || sig < 1 || sig > SIGNALS ||
        (now && (unblockable & signal_bit(sig))))
        return -EINVAL;
    struct uc_sigaction old = actions[sig - 1];
    if (now) {
        struct uc_sigaction *a = &actions[sig - 1];
        a->handler = now->handler; /* by fields: the analysis sees it */
        a->flags = now->flags;
        for (int i = 0; i < SIGNALS / 32; i++)
            a->mask[i] = now->mask[i];
        if (uc_signal_is_ignored(sig))
            uc_signal_forget(sig);
    }
    if (get)
        *(struct uc_sigaction *)get = old;
    return 0;
}

long uc_sys_rt_sigprocmask(long how, long set, long get, long size)
{
    struct task *t = uc_task();
    sigbits old = t->blocked;
    if (size != SET_SIZE)
        return -EINVAL;
    if (set) {
        sigbits mask = signal_set((const void *)set);
        if (how == SIG_BLOCK)
            t->blocked |= mask;
        else if (how == SIG_UNBLOCK)
            t->blocked &= ~mask;
        else if (how == SIG_SETMASK)
            t->blocked = mask;
        else
            return -EINVAL;
        t->blocked &= ~unblockable;
    }
    if (get)
        signal_set_put((void *)get, old);
    uc_signal_deliver();
    return 0;
}

long uc_signal_mask_begin(long mask, long size, sigbits *before)
{
    *before = uc_task()->blocked;
    if (!mask)
        return 0;
    if (size != SET_SIZE)
        return -EINVAL;
    uc_task()->blocked = signal_set((const void *)mask) & ~unblockable;
    return 0;
}

void uc_signal_mask_end(long mask, sigbits before)
{
    if (mask)
        uc_task()->blocked = before;
}

long uc_sys_rt_sigpending(long get, long size)
{
    if ((unsigned long)size > SET_SIZE)
        return -EINVAL;
    unsigned long now[SIGNALS / SET_LONG];
    signal_set_put(now, uc_signal_pending(uc_task()->blocked));
    memcpy((void *)get, now, (size_t)size);
    return 0;
}

long uc_sys_rt_sigsuspend(long mask, long size)
{
    if (size != SET_SIZE)
        return -EINVAL;
    struct task *t = uc_task();
    sigbits before = t->blocked;
    t->blocked = signal_set((const void *)mask) & ~unblockable;
    while (!uc_wait(NULL, UINT64_MAX, false))
        ;
    t->blocked = before;
    return -EINTR;
}

long uc_sys_pause(void)
{
    while (!uc_wait(NULL, UINT64_MAX, false))
        ;
    return -EINTR;
}

long UC_TIME64(rt_sigtimedwait, _time64)(long set, long result, long timeout,
                                         long size)
{
    siginfo_t info, *to = result ? (siginfo_t *)result : &info;
    uint64_t ns;
    sigbits mask;
    if (size != SET_SIZE)
        return -EINVAL;
    long error = uc_timespec_ns((const struct __kernel_timespec *)timeout, &ns);
    if (error)
        return error;
    mask = signal_set((const void *)set) & ~unblockable;
    uint64_t until = uc_deadline(ns);
    while (!uc_signal_take(mask, to)) {
        if (error == -ETIMEDOUT || !ns)
            return -EAGAIN;
        if (error == -EINTR && !uc_signal_deliver())
            return -EINTR;
        uc_task()->waited_for = mask;
        error = uc_sched_block(until);
        uc_task()->waited_for = 0;
    }
    return to->si_signo;
}

long uc_sys_sigaltstack(long set, long get)
{
    const stack_t *now = (const stack_t *)set;
    stack_t *current = &uc_task()->signal_stack, old = *current;
    if (now) {
        if (now->ss_flags & ~SS_DISABLE)
            return -EINVAL;
        if (!(now->ss_flags & SS_DISABLE) && now->ss_size < MINSIGSTKSZ)
            return -ENOMEM;
        *current = *now;
    }
    if (get)
        *(stack_t *)get = old;
    return 0;
}
