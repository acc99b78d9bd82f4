/* SPDX-License-Identifier: BSD-2-Clause */
/* never.c: what only more threads, or memory by touch, would call. */
const int CFG_PREEMPT = 0, CFG_LAZY = 0, CFG_CANCEL = 0;
volatile char uc_in_pool, uc_put_off;
_Thread_local volatile int uc_cancel;

#define NEVER(name)                                                            \
    void name(void);                                                           \
    void name(void)                                                            \
    {                                                                          \
        __builtin_trap();                                                      \
    }
NEVER(uc_plat_memory)
NEVER(uc_plat_release)
NEVER(uc_plat_tick_start)
NEVER(uc_sched_end)
NEVER(uc_sched_preempted)
NEVER(uc_sched_start)
NEVER(uc_sched_tls)
