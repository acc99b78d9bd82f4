/* SPDX-License-Identifier: BSD-2-Clause */
/* tick.c: an interrupt, from the platform; inside the pool it is put off. */
#include <uc/pool.h>
#include <uc/sched.h>

void uc_sched_tick(void)
{
    if (uc_in_pool)
        uc_put_off = 1;
    else
        uc_sched_preempted();
}
