/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.c: the process and its machine. The process is 1, and so are its
 * group, its session and its only thread. Users: ids.c.
 */
#include <linux/prctl.h>
#include <linux/random.h>
#include <linux/resource.h>
#include <linux/signal.h>
#include <linux/sysinfo.h>
#include <linux/utsname.h>
#include <linux/wait.h>
#include <uc/arch.h>
#include <uc/clock.h>
#include <uc/mem.h>
#include <uc/random.h>
#include <uc/sched.h>

#include "core.h"
#include "fork.h"

#define CONSTANT(name, value)                                                  \
    long uc_sys_##name(void)                                                   \
    {                                                                          \
        return value;                                                          \
    }
CONSTANT(getpid, uc_pid())
CONSTANT(getppid, CFG_CHILDREN ? uc_fork_parent() : 0)
CONSTANT(getpgrp, SELF)
CONSTANT(setsid, -EPERM) /* it leads its group */

/* A process id given as argument: 0 and its own are right. */
static long own(int pid)
{
    return pid == 0 || pid == uc_pid() ? SELF : -ESRCH;
}

long uc_sys_getpgid(long pid)
{
    return own((int)pid);
}

long uc_sys_getsid(long pid)
{
    return own((int)pid);
}

long uc_sys_setpgid(long pid, long group)
{
    if ((int)group < 0)
        return -EINVAL;
    return own((int)pid) < 0 ? -ESRCH : -EPERM; /* it leads its session */
}

/* ---- the machine ---- */

long uc_sys_uname(long result)
{
    static const char words[5][16] = {"Linux", "unicore", "6.1.0", "#1",
                                      UC_MACHINE};
    struct new_utsname *u = (struct new_utsname *)result;
    memset(u, 0, sizeof *u);
    for (int i = 0; i < 5; i++)
        memcpy((char *)u + i * (__NEW_UTS_LEN + 1), words[i], 16);
    memcpy(u->domainname, "(none)", 6);
    return 0;
}

long uc_sys_sysinfo(long result)
{
    struct sysinfo *s = (struct sysinfo *)result;
    uint64_t total, available;
    memset(s, 0, sizeof *s);
    uc_pages_total(&total, &available);
    s->uptime = (long)(uc_clock_mono() / 1000000000);
    s->totalram = (unsigned long)total;
    s->freeram = (unsigned long)available;
    s->procs = 1;
    s->mem_unit = 1;
    return 0;
}

/* ---- limits ---- */

static struct rlimit64 limits[RLIM_NLIMITS];
static bool limits_set;

static void limits_start(void)
{
    if (limits_set)
        return;
    limits_set = true;
    for (int i = 0; i < RLIM_NLIMITS; i++)
        limits[i].rlim_cur = limits[i].rlim_max = ~(uint64_t)0;
    limits[RLIMIT_NOFILE].rlim_cur = limits[RLIMIT_NOFILE].rlim_max = FD_MAX;
    limits[RLIMIT_STACK].rlim_cur = 8 << 20;
    limits[RLIMIT_CORE].rlim_cur = 0;
}

long uc_sys_prlimit64(long pid, long which, long set, long get)
{
    const struct rlimit64 *now = (const struct rlimit64 *)set;
    if ((unsigned long)which >= RLIM_NLIMITS)
        return -EINVAL;
    if (own((int)pid) < 0)
        return -ESRCH;
    limits_start();
    struct rlimit64 old = limits[which];
    if (now) {
        if (now->rlim_cur > now->rlim_max)
            return -EINVAL;
        if (which == RLIMIT_NOFILE && now->rlim_max > FD_MAX)
            return -EPERM;
        limits[which] = *now;
        if (which == RLIMIT_NOFILE)
            uc_fd_limit = (unsigned)now->rlim_cur;
    }
    if (get)
        *(struct rlimit64 *)get = old;
    return 0;
}

/* ---- the rest ---- */

long uc_sys_prctl(long option, long a, long b, long c, long d)
{
    static char name[16];
    (void)b, (void)c, (void)d;
    if (option != PR_SET_NAME && option != PR_GET_NAME)
        return -EINVAL;
    if (option == PR_GET_NAME) {
        memcpy((char *)a, name, sizeof name);
        return 0;
    }
    memset(name, 0, sizeof name);
    for (size_t i = 0; i < sizeof name - 1 && ((char *)a)[i]; i++)
        name[i] = ((char *)a)[i];
    return 0;
}

long uc_sys_getrandom(long p, long n, long flags)
{
    const long known = GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE;
    if ((flags & ~known) || (flags & (GRND_RANDOM | GRND_INSECURE)) ==
                                (GRND_RANDOM | GRND_INSECURE))
        return -EINVAL;
    if ((unsigned long)n > IO_MAX)
        n = IO_MAX;
    int error = uc_random((void *)p, (size_t)n);
    return error ? error : n;
}

/* A child has ended when its parent runs: nobody waits. */
long uc_sys_wait4(long pid, long status, long options, long usage)
{
    (void)options;
    long ended = CFG_CHILDREN ? uc_fork_wait((int)pid, (int *)status) : -ECHILD;
    if (ended > 0 && usage)
        memset((void *)usage, 0, sizeof(struct rusage));
    return ended;
}

long uc_sys_waitid(long kind, long id, long info, long options, long usage)
{
    siginfo_t *to = (siginfo_t *)info;
    int status;
    long ended = -ECHILD;
    if (CFG_CHILDREN && options & WEXITED)
        ended = uc_fork_wait((int)kind == P_PID ? (int)id : -1, &status);
    if (ended < 0)
        return ended;
    if (usage)
        memset((void *)usage, 0, sizeof(struct rusage));
    if (!to)
        return 0;
    memset(to, 0, sizeof *to);
    to->si_signo = SIGCHLD;
    to->si_code = status & 127 ? CLD_KILLED : CLD_EXITED;
    to->si_pid = (int)ended;
    to->si_status = status & 127 ? status & 127 : status >> 8;
    return 0;
}

/* ---- the processor ---- */

/* The thread pointer. */
long uc_sys_arch_prctl(long what, long p)
{
    enum {
        SET_FS = 0x1002 /* <asm/prctl.h>, of x86_64 */
    };
    if (what != SET_FS)
        return -EINVAL;
    uc_sched_tls((void *)p);
    return 0;
}

long uc_sys_sched_yield(void)
{
    uc_sched_yield();
    return 0;
}

long uc_sys_sched_getaffinity(long pid, long n, long mask)
{
    const long word = sizeof(unsigned long);
    if (n < word || n & (word - 1))
        return -EINVAL;
    if (own((int)pid) < 0)
        return -ESRCH;
    *(unsigned long *)mask = 1;
    return word;
}

long uc_sys_sched_setaffinity(long pid, long n, long mask)
{
    if (own((int)pid) < 0)
        return -ESRCH;
    unsigned long first = 0; /* of the mask, as far as it is given */
    memcpy(&first, (const void *)mask,
           (unsigned)n < sizeof first ? (unsigned)n : sizeof first);
    return first & 1 ? 0 : -EINVAL;
}

long uc_sys_getcpu(long cpu, long node, long cache)
{
    (void)cache;
    if (cpu)
        *(unsigned *)cpu = 0;
    if (node)
        *(unsigned *)node = 0;
    return 0;
}

/* One processor sees its own memory in order. */
long uc_sys_membarrier(long command, long flags, long cpu)
{
    (void)cpu;
    return command || flags ? -EINVAL : 0;
}
