/* SPDX-License-Identifier: BSD-2-Clause */
/* sched.c: one thread. A wait that nothing can end is the end. */
#include <uc/log.h>
#include <uc/platform.h>
#include <uc/sched.h>

void uc_sched_yield(void)
{
}

void uc_sched_wait(uint64_t ns)
{
    if (ns == UINT64_MAX) {
        uc_log("deadlock: the only thread waits for ever", -1);
        uc_plat_exit(255);
    }
    uc_plat_sleep_ns(ns);
}
