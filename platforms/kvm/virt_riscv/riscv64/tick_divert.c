/* SPDX-License-Identifier: BSD-2-Clause */
/* tick_divert.c: makes an exception return to uc_tick_enter. */
#include "trap.h"

void uc_tick_enter(void); /* tick_enter.S */

/* On the thread's stack, where tick_enter.S finds it: all that was kept. */
void uc_tick_divert(struct trap *t)
{
    struct trap *k = (struct trap *)((t->sp & -(uint64_t)16) - sizeof *k);

    *k = *t;
    t->sp = (uint64_t)k;
    t->pc = (uint64_t)uc_tick_enter;
}
