/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.c: signals that the program sends to itself. A handler runs inside
 * the call that sends or unblocks the signal, as in Linux with one thread;
 * its third argument is a null pointer. A signal that would kill ends the
 * machine with status 128 + number, in silence as on Linux: to say it is the
 * business of who started the program. Stopping does nothing: who would wake
 * it?
 */
#include <asm/siginfo.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <uc/platform.h>
#include <uc/sched.h>
#include <uc/signal.h>

#include "core.h"

extern const int CFG_SIGNAL_SENT;

enum {
    SIGNALS = 64,
    SET_SIZE = 8
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

static struct action actions[SIGNALS];
static uint64_t blocked, pending;

static uint64_t bit(int sig)
{
    return (uint64_t)1 << (sig - 1);
}

#define BIT(sig) ((uint64_t)1 << ((sig) - 1))
static const uint64_t unblockable = BIT(SIGKILL) | BIT(SIGSTOP);
static const uint64_t harmless = BIT(SIGCHLD) | BIT(SIGCONT) | BIT(SIGURG) |
                                 BIT(SIGWINCH) | BIT(SIGSTOP) | BIT(SIGTSTP) |
                                 BIT(SIGTTIN) | BIT(SIGTTOU);

static void run_handler(int sig, const struct action *a)
{
    uint64_t before = blocked;
    blocked |= a->mask | (a->flags & SA_NODEFER ? 0 : bit(sig));
    blocked &= ~unblockable;
    if (a->flags & SA_SIGINFO) {
        siginfo_t info;
        memset(&info, 0, sizeof info);
        info.si_signo = sig;
        info.si_code = SI_TKILL;
        info.si_pid = SELF;
        a->handler.info(sig, &info, 0);
    } else {
        a->handler.simple(sig);
    }
    blocked = before;
}

static void deliver(int sig)
{
    struct action a = actions[sig - 1];
    pending &= ~bit(sig);
    if (a.handler.word == (unsigned long)SIG_IGN)
        return;
    if (a.handler.word != (unsigned long)SIG_DFL) {
        if (a.flags & SA_RESETHAND)
            actions[sig - 1].handler.word = (unsigned long)SIG_DFL;
        run_handler(sig, &a);
        return;
    }
    if (harmless & bit(sig))
        return;
    uc_plat_exit(128 + sig);
}

static void deliver_pending(void)
{
    if (!CFG_SIGNAL_SENT) /* nothing is ever pending */
        return;
    while (pending & ~blocked)
        deliver(__builtin_ctzll(pending & ~blocked) + 1);
}

bool uc_signal_waits(void)
{
    return CFG_SIGNAL_SENT && pending & ~blocked;
}

bool uc_signal_deliver(void)
{
    deliver_pending();
    return false;
}

long uc_signal_raise(int sig)
{
    pending |= bit(sig);
    deliver_pending();
    return 0;
}

/* ---- sending ---- */

static long send(int sig)
{
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    return sig ? uc_signal_raise(sig) : 0;
}

long uc_sys_kill(long pid, long sig)
{
    if ((unsigned)sig > SIGNALS)
        return -EINVAL;
    int to = (int)pid;
    return to == SELF || to == 0 || to == -SELF ? send((int)sig) : -ESRCH;
}

long uc_sys_tkill(long tid, long sig)
{
    if ((int)tid <= 0 || (unsigned)sig > SIGNALS)
        return -EINVAL;
    return (int)tid == SELF ? send((int)sig) : -ESRCH;
}

long uc_sys_tgkill(long pid, long tid, long sig)
{
    if ((int)pid <= 0)
        return -EINVAL;
    return (int)pid == SELF ? uc_sys_tkill(tid, sig) : -ESRCH;
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
        if (now->handler.word == (unsigned long)SIG_IGN)
            pending &= ~bit(sig);
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
    deliver_pending();
    return 0;
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
    const struct timespec *t = (const struct timespec *)timeout;
    const uint64_t second = 1000000000;
    if (size != SET_SIZE)
        return -EINVAL;
    if (t && (t->tv_sec < 0 || (unsigned long)t->tv_nsec >= second))
        return -EINVAL;
    uint64_t here = pending & *(const uint64_t *)set;
    if (!here) {
        long error = uc_wait(
            NULL,
            uc_deadline(t ? (uint64_t)t->tv_sec * second + (uint64_t)t->tv_nsec
                          : UINT64_MAX),
            false);
        return error == -EINTR ? error : -EAGAIN;
    }
    int sig = __builtin_ctzll(here) + 1;
    pending &= ~bit(sig);
    siginfo_t *info = (siginfo_t *)result;
    if (info) {
        memset(info, 0, sizeof *info);
        info->si_signo = sig;
        info->si_code = SI_TKILL;
        info->si_pid = SELF;
    }
    return sig;
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
