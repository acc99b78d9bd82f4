/* SPDX-License-Identifier: BSD-2-Clause */
/* tick.c: a signal of the kernel's, by which the pool's threads take turns. */
#include <asm/unistd.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <stdbool.h>
#include <uc/platform.h>
#include <uc/raw.h>
#include <uc/sigaction.h>

#ifdef SA_RESTORER
#define RESTORER SA_RESTORER
#define RESTORED .restorer = uc_signal_return
#else
#define RESTORER 0 /* the kernel's own */
#define RESTORED
#endif

enum {
    TICK_US = 10000
};

/* <arch>/signal.S; the thread may be switched inside of uc_signal_tick. */
void uc_signal_tick(int sig);
void uc_signal_return(void);

void uc_plat_tick_start(void)
{
    static bool started;
    /* SA_SIGINFO: uc_signal_return is rt_sigreturn. */
    const struct uc_sigaction a = {.handler = uc_signal_tick,
                                   .flags = SA_NODEFER | SA_RESTART |
                                            SA_SIGINFO | RESTORER,
                                   RESTORED};
    /* A struct itimerval of longs. */
    const long every[2][2] = {{0, TICK_US}, {0, TICK_US}};

    if (started)
        return;
    started = true;
    uc_raw4(__NR_rt_sigaction, SIGALRM, (long)&a, 0, sizeof a.mask);
    uc_raw3(__NR_setitimer, ITIMER_REAL, (long)every, 0);
}
