/* SPDX-License-Identifier: BSD-2-Clause */
/* tick_divert.c: makes an exception return to uc_tick_enter. */
#include "trap.h"

void uc_tick_enter(void); /* tick_enter.S */

/* What tick_enter.S finds on the stack. */
struct kept {
    uint64_t x[31], pc, state, hole;
};

PLAIN void uc_tick_divert(struct trap *t)
{
    struct kept *k = (struct kept *)((t->sp & -(uint64_t)16) - sizeof *k);

    for (int i = 0; i < 31; i++)
        k->x[i] = t->x[i];
    k->pc = t->pc;
    k->state = t->state;
    t->sp = (uint64_t)k;
    t->pc = (uint64_t)uc_tick_enter;
}
