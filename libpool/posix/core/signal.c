/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.c: signals that the program sends to itself, and those of timers. A
 * handler runs inside the call that sends or unblocks the signal, as in Linux
 * with one thread, or in the wait that the signal ends; its third argument is a
 * null pointer. A signal that would kill ends the machine with status 128 +
 * number, in silence as on Linux: to say it is the business of who started the
 * program. Stopping does nothing: who would wake it?
 *
 * `pending` says which signals wait. Those with a value, and each of the
 * real-time ones, are in `queued` beside that, oldest first.
 */
#include <asm/siginfo.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/sched.h>
#include <uc/signal.h>

#include "poll.h"
#include "signals.h"

extern const int CFG_SIGNAL_SENT;

enum {
    SIGNALS = 64,
    SET_SIZE = 8,
    QUEUED_MOST = 4096
};

/* The kernel's struct sigaction, handler by both its types. */
struct action {
    union {
        void (*simple)(int);
        void (*info)(int, siginfo_t *, void *);
        unsigned long word;
    } handler;
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

struct queued {
    struct queued *next;
    siginfo_t info;
};

static struct action actions[SIGNALS];
static uint64_t blocked, pending;
static uint64_t waited_for; /* by sigtimedwait, though they are blocked */
static uint64_t by_thread;  /* of those pending: si_code is SI_TKILL */
static struct queued *queued;
static unsigned queued_count;
static struct uc_queue watchers;

static uint64_t bit(int sig)
{
    return (uint64_t)1 << (sig - 1);
}

#define BIT(sig) ((uint64_t)1 << ((sig) - 1))
static const uint64_t unblockable = BIT(SIGKILL) | BIT(SIGSTOP);
static const uint64_t harmless = BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) |
                                 BIT(SIGWINCH) | BIT(SIGSTOP) | BIT(SIGTSTP) |
                                 BIT(SIGTTIN) | BIT(SIGTTOU);

static bool is_ignored(int sig)
{
    unsigned long handler = actions[sig - 1].handler.word;
    return handler == (unsigned long)SIG_IGN ||
           (handler == (unsigned long)SIG_DFL && harmless & bit(sig));
}

/* ---- pending signals ---- */

static struct queued **first_queued(int sig)
{
    struct queued **q = &queued;
    while (*q && (*q)->info.si_signo != sig)
        q = &(*q)->next;
    return q;
}

static void unqueue(struct queued **q)
{
    struct queued *old = *q;
    *q = old->next;
    queued_count--;
    uc_kfree(old, sizeof *old);
}

/* Takes a pending signal, and what goes with it. */
static void take(int sig, siginfo_t *info)
{
    struct queued **q = first_queued(sig);
    memset(info, 0, sizeof *info);
    info->si_signo = sig;
    info->si_code = by_thread & bit(sig) ? SI_TKILL : SI_USER;
    info->si_pid = SELF;
    if (*q) {
        *info = (*q)->info;
        unqueue(q);
    }
    if (!*first_queued(sig))
        pending &= ~bit(sig);
}

static void forget(int sig)
{
    struct queued **q;
    while (*(q = first_queued(sig)))
        unqueue(q);
    pending &= ~bit(sig);
}

static void make_pending(int sig)
{
    pending |= bit(sig);
    uc_queue_wake(&watchers);
}

siginfo_t *uc_signal_queued(int sig, int timer)
{
    struct queued *q = queued;
    while (q && (q->info.si_signo != sig || q->info.si_code != SI_TIMER ||
                 q->info.si_tid != timer))
        q = q->next;
    return q ? &q->info : NULL;
}

long uc_signal_post(const siginfo_t *info)
{
    int sig = info->si_signo;
    struct queued **q = &queued;
    if ((is_ignored(sig) && !((blocked | waited_for) & bit(sig))) ||
        (sig < SIGRTMIN && pending & bit(sig)))
        return 0;
    struct queued *new =
        queued_count < QUEUED_MOST ? uc_kalloc(sizeof *new) : NULL;
    if (!new && (sig >= SIGRTMIN || info->si_code == SI_QUEUE))
        return -EAGAIN;
    if (!new) { /* without what goes with it, as in Linux */
        make_pending(sig);
        return 0;
    }
    new->info = *info;
    while (*q)
        q = &(*q)->next;
    *q = new;
    queued_count++;
    make_pending(sig);
    return 0;
}

/* As kill and tkill do it. */
static long post_plain(int sig, bool thread)
{
    if (sig >= SIGRTMIN) {
        siginfo_t info;
        memset(&info, 0, sizeof info);
        info.si_signo = sig;
        info.si_code = thread ? SI_TKILL : SI_USER;
        info.si_pid = SELF;
        return uc_signal_post(&info);
    }
    if (pending & bit(sig) ||
        (is_ignored(sig) && !((blocked | waited_for) & bit(sig))))
        return 0;
    by_thread = thread ? by_thread | bit(sig) : by_thread & ~bit(sig);
    make_pending(sig);
    return 0;
}

/* ---- delivery ---- */

static void run_handler(int sig, const struct action *a, siginfo_t *info)
{
    uint64_t before = blocked;
    blocked |= a->mask | (a->flags & SA_NODEFER ? 0 : bit(sig));
    blocked &= ~unblockable;
    if (a->flags & SA_SIGINFO)
        a->handler.info(sig, info, 0);
    else
        a->handler.simple(sig);
    blocked = before;
}

/* True if what it interrupts is to go on. */
static bool deliver(int sig)
{
    struct action a = actions[sig - 1];
    siginfo_t info;
    take(sig, &info);
    if (is_ignored(sig))
        return true;
    if (a.handler.word == (unsigned long)SIG_DFL)
        uc_exit(128 + sig);
    if (a.flags & SA_RESETHAND)
        actions[sig - 1].handler.word = (unsigned long)SIG_DFL;
    run_handler(sig, &a, &info);
    return a.flags & SA_RESTART;
}

bool uc_signal_waits(void)
{
    return CFG_SIGNAL_SENT && pending & (~blocked | waited_for);
}

bool uc_signal_deliver(void)
{
    bool restart = true;
    if (!CFG_SIGNAL_SENT) /* nothing is ever pending */
        return restart;
    while (pending & ~blocked)
        restart &= deliver(__builtin_ctzll(pending & ~blocked) + 1);
    return restart;
}

static long send(int sig, bool thread)
{
    long error = sig ? post_plain(sig, thread) : 0;
    uc_signal_deliver();
    return error;
}

long uc_signal_raise(int sig)
{
    return send(sig, false);
}

/* ---- for signalfd ---- */

struct uc_queue *uc_signal_queue(void)
{
    return &watchers;
}

bool uc_signal_any(uint64_t mask)
{
    return pending & mask;
}

bool uc_signal_take(uint64_t mask, siginfo_t *info)
{
    if (!(pending & mask))
        return false;
    take(__builtin_ctzll(pending & mask) + 1, info);
    return true;
}

/* ---- sending ---- */

long uc_sys_kill(long pid, long sig)
{
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    int to = (int)pid;
    return to == SELF || to == 0 || to == -SELF ? send((int)sig, false)
                                                : -ESRCH;
}

long uc_sys_tkill(long tid, long sig)
{
    if ((int)tid <= 0 || (unsigned)sig > SIGNALS)
        return -EINVAL;
    return (int)tid == SELF ? send((int)sig, true) : -ESRCH;
}

long uc_sys_tgkill(long pid, long tid, long sig)
{
    if ((int)pid <= 0)
        return -EINVAL;
    return (int)pid == SELF ? uc_sys_tkill(tid, sig) : -ESRCH;
}

/* What the program says of itself is taken as it is. */
static long send_with(int sig, const siginfo_t *given)
{
    siginfo_t info = *given;
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    info.si_signo = sig;
    long error = sig ? uc_signal_post(&info) : 0;
    uc_signal_deliver();
    return error;
}

long uc_sys_rt_sigqueueinfo(long pid, long sig, long info)
{
    if ((int)pid != SELF)
        return -ESRCH;
    return send_with((int)sig, (const siginfo_t *)info);
}

long uc_sys_rt_tgsigqueueinfo(long pid, long tid, long sig, long info)
{
    if ((int)pid <= 0 || (int)tid <= 0)
        return -EINVAL;
    if ((int)pid != SELF || (int)tid != SELF)
        return -ESRCH;
    return send_with((int)sig, (const siginfo_t *)info);
}

/* ---- handling ---- */

long uc_sys_rt_sigaction(long n, long set, long get, long size)
{
    int sig = (int)n;
    const struct action *now = (const struct action *)set;
    if (size != SET_SIZE || sig < 1 || sig > SIGNALS ||
        (now && (unblockable & bit(sig))))
        return -EINVAL;
    struct action old = actions[sig - 1];
    if (now) {
        actions[sig - 1] = *now;
        if (is_ignored(sig))
            forget(sig);
    }
    if (get)
        *(struct action *)get = old;
    return 0;
}

long uc_sys_rt_sigprocmask(long how, long set, long get, long size)
{
    uint64_t old = blocked;
    if (size != SET_SIZE)
        return -EINVAL;
    if (set) {
        uint64_t mask = *(const uint64_t *)set;
        if (how == SIG_BLOCK)
            blocked |= mask;
        else if (how == SIG_UNBLOCK)
            blocked &= ~mask;
        else if (how == SIG_SETMASK)
            blocked = mask;
        else
            return -EINVAL;
        blocked &= ~unblockable;
    }
    if (get)
        *(uint64_t *)get = old;
    uc_signal_deliver();
    return 0;
}

long uc_signal_mask_begin(long mask, long size, uint64_t *before)
{
    *before = blocked;
    if (!mask)
        return 0;
    if (size != SET_SIZE)
        return -EINVAL;
    blocked = *(const uint64_t *)mask & ~unblockable;
    return 0;
}

void uc_signal_mask_end(long mask, uint64_t before)
{
    if (mask)
        blocked = before;
}

long uc_sys_rt_sigpending(long get, long size)
{
    if ((unsigned long)size > SET_SIZE)
        return -EINVAL;
    uint64_t now = pending & blocked;
    memcpy((void *)get, &now, (size_t)size);
    return 0;
}

long uc_sys_rt_sigsuspend(long mask, long size)
{
    if (size != SET_SIZE)
        return -EINVAL;
    uint64_t before = blocked;
    blocked = *(const uint64_t *)mask & ~unblockable;
    while (!uc_wait(NULL, UINT64_MAX, false))
        ;
    blocked = before;
    return -EINTR;
}

long uc_sys_pause(void)
{
    while (!uc_wait(NULL, UINT64_MAX, false))
        ;
    return -EINTR;
}

long uc_sys_rt_sigtimedwait(long set, long result, long timeout, long size)
{
    siginfo_t info, *to = result ? (siginfo_t *)result : &info;
    uint64_t ns, mask;
    if (size != SET_SIZE)
        return -EINVAL;
    long error = uc_timespec_ns((const struct timespec *)timeout, &ns);
    if (error)
        return error;
    mask = *(const uint64_t *)set & ~unblockable;
    uint64_t until = uc_deadline(ns);
    while (!uc_signal_take(mask, to)) {
        if (error == -ETIMEDOUT || !ns)
            return -EAGAIN;
        if (error == -EINTR && !uc_signal_deliver())
            return -EINTR;
        waited_for = mask;
        error = uc_sched_block(until);
        waited_for = 0;
    }
    return to->si_signo;
}

long uc_sys_sigaltstack(long set, long get)
{
    static stack_t current = {.ss_flags = SS_DISABLE};
    const stack_t *now = (const stack_t *)set;
    stack_t old = current;
    if (now) {
        if (now->ss_flags & ~SS_DISABLE)
            return -EINVAL;
        if (!(now->ss_flags & SS_DISABLE) && now->ss_size < MINSIGSTKSZ)
            return -ENOMEM;
        current = *now;
    }
    if (get)
        *(stack_t *)get = old;
    return 0;
}
