/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * halt.h: before a platform halts, which it does in the pool: an interrupt
 * that has come there was put off, and may be what the halt would wait for.
 */
#ifndef UC_HALT_H
#define UC_HALT_H

#include <stdbool.h>
#include <uc/pool.h>

#include "cpu.h"

/*
 * With CFG_PREEMPT. True: interrupts are off, and the halt ends with one that
 * comes from now on. False if there is nothing to wait for.
 */
static inline bool uc_halt_begins(bool ticking)
{
    cpu_interrupts(false);
    if (!uc_put_off)
        return true;
    uc_put_off = 0;
    cpu_interrupts(ticking);
    return false;
}

#endif
