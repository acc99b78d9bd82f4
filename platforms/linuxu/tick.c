/* SPDX-License-Identifier: BSD-2-Clause */
/* tick.c: a signal of the kernel's, by which the pool's threads take turns. */
#include <asm/unistd.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <stdbool.h>
#include <uc/platform.h>
#include <uc/raw.h>

enum {
    TICK_US = 10000
};

/* The kernel's struct sigaction. */
struct action {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
};

/* <arch>/signal.S; the thread may be switched inside of uc_signal_tick. */
void uc_signal_tick(int sig);
void uc_signal_return(void);

void uc_plat_tick_start(void)
{
    static bool started;
    const struct action a = {
        .handler = uc_signal_tick,
        .flags = SA_NODEFER | SA_RESTART | SA_RESTORER,
        .restorer = uc_signal_return,
    };
    const struct __kernel_old_itimerval every = {{0, TICK_US}, {0, TICK_US}};

    if (started)
        return;
    started = true;
    uc_raw4(__NR_rt_sigaction, SIGALRM, (long)&a, 0, sizeof a.mask);
    uc_raw3(__NR_setitimer, ITIMER_REAL, (long)&every, 0);
}
