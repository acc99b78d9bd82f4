/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pending.c: signals that have been sent, to the process or to one thread.
 *
 * `bits` says which wait. Those with a value, and each of the real-time ones,
 * are in `queued` beside that, oldest first. With one thread all are the
 * process's.
 */
#include <uc/mem.h>

#include "signals.h"

enum {
    QUEUED_MOST = 4096
};

struct queued {
    struct queued *next;
    siginfo_t info;
};

static struct signals process;
static unsigned queued_count;
static struct uc_queue watchers;

static struct signals *set_of(struct task *t)
{
    return CFG_THREADS && t ? &t->signals : &process;
}

/* Whoever does not block it is to run its handler; one of them is woken. */
static void wake_for(int sig, struct task *only)
{
    sigbits bit = signal_bit(sig);
    uc_queue_wake(&watchers);
    for (struct task *t = only ? only : uc_tasks(); t; t = t->next) {
        if (~t->blocked & bit || t->waited_for & bit) {
            uc_sched_wake(&t->thread);
            return;
        }
        if (only)
            return;
    }
}

static void make_pending(struct signals *s, int sig, struct task *only)
{
    s->bits |= signal_bit(sig);
    if (CFG_THREADS)
        wake_for(sig, only);
    else
        uc_queue_wake(&watchers);
}

/* ---- what goes with them ---- */

static struct queued **first_queued(struct signals *s, int sig)
{
    struct queued **q = &s->queued;
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

static void forget(struct signals *s, int sig)
{
    struct queued **q;
    while (*(q = first_queued(s, sig)))
        unqueue(q);
    s->bits &= ~signal_bit(sig);
}

void uc_signal_forget(int sig)
{
    forget(&process, sig);
    for (struct task *t = CFG_THREADS ? uc_tasks() : 0; t; t = t->next)
        forget(&t->signals, sig);
}

void uc_signal_end(struct task *t)
{
    while (t->signals.queued)
        unqueue(&t->signals.queued);
}

siginfo_t *uc_signal_queued(int sig, int timer)
{
    for (struct task *t = CFG_THREADS ? uc_tasks() : 0;; t = t->next) {
        struct queued *q = set_of(t)->queued;
        while (q && (q->info.si_signo != sig || q->info.si_code != SI_TIMER ||
                     q->info.si_tid != timer))
            q = q->next;
        if (q || !t)
            return q ? &q->info : 0;
    }
}

/* ---- sending ---- */

/* Nobody would ever see it. */
static bool is_lost(const struct signals *s, int sig)
{
    const struct task *now = uc_task();
    sigbits kept = now->blocked | now->waited_for;
    return (uc_signal_is_ignored(sig) && !(kept & signal_bit(sig))) ||
           (sig < SIGRTMIN && s->bits & signal_bit(sig));
}

long uc_signal_post(const siginfo_t *info, struct task *t)
{
    int sig = info->si_signo;
    struct signals *s = set_of(t);
    struct queued **q = &s->queued;
    if (is_lost(s, sig))
        return 0;
    struct queued *new =
        queued_count < QUEUED_MOST ? uc_kalloc(sizeof *new) : 0;
    if (!new && (sig >= SIGRTMIN || info->si_code == SI_QUEUE))
        return -EAGAIN;
    if (new) { /* else without what goes with it, as in Linux */
        new->info = *info;
        while (*q)
            q = &(*q)->next;
        *q = new;
        queued_count++;
    }
    make_pending(s, sig, t);
    return 0;
}

long uc_signal_post_plain(int sig, struct task *t)
{
    struct signals *s = set_of(t);
    if (sig >= SIGRTMIN) {
        siginfo_t info;
        memset(&info, 0, sizeof info);
        info.si_signo = sig;
        info.si_code = t ? SI_TKILL : SI_USER;
        info.si_pid = SELF;
        return uc_signal_post(&info, t);
    }
    if (is_lost(s, sig))
        return 0;
    sigbits bit = signal_bit(sig);
    s->by_thread = t ? s->by_thread | bit : s->by_thread & ~bit;
    make_pending(s, sig, t);
    return 0;
}

/* ---- taking ---- */

static int lowest(sigbits bits)
{
    if (SIGNALS == 64 || (uint64_t)bits)
        return 1 + __builtin_ctzll((uint64_t)bits);
    return 65 + __builtin_ctzll((uint64_t)(bits >> 32 >> 32));
}

sigbits uc_signal_pending(sigbits mask)
{
    sigbits bits = process.bits;
    if (CFG_THREADS)
        bits |= uc_task()->signals.bits;
    return bits & mask;
}

bool uc_signal_take(sigbits mask, siginfo_t *info)
{
    sigbits here = uc_signal_pending(mask);
    if (!here)
        return false;
    int sig = lowest(here);
    struct signals *s = &process;
    if (CFG_THREADS && uc_task()->signals.bits & signal_bit(sig))
        s = &uc_task()->signals;
    struct queued **q = first_queued(s, sig);
    memset(info, 0, sizeof *info);
    info->si_signo = sig;
    info->si_code = s->by_thread & signal_bit(sig) ? SI_TKILL : SI_USER;
    info->si_pid = SELF;
    if (*q) {
        *info = (*q)->info;
        unqueue(q);
    }
    if (!*first_queued(s, sig))
        s->bits &= ~signal_bit(sig);
    return true;
}

struct uc_queue *uc_signal_queue(void)
{
    return &watchers;
}
