/* SPDX-License-Identifier: BSD-2-Clause */
/* tick_divert.c: makes an exception return to uc_tick_enter. */
#include "trap.h"

enum {
    THUMB = 0x20,
    IF_THEN = 0x0600fc00, /* where in a block of conditional instructions */
};

extern char uc_tick_enter[]; /* tick_enter.S, of 32-bit instructions */

/* What tick_enter.S finds on the stack. */
struct kept {
    uint32_t r[13], lr, pc, state;
};

void uc_tick_divert(struct trap *t)
{
    struct kept *k = (struct kept *)((t->sp & -8U) - sizeof *k - 8);
    uint32_t *back = (uint32_t *)(k + 1);

    for (int i = 0; i < 13; i++)
        k->r[i] = t->r[i];
    k->lr = t->lr;
    k->pc = t->pc;
    k->state = t->state;
    back[0] = t->sp;
    t->sp = (uintptr_t)k;
    t->pc = (uintptr_t)uc_tick_enter;
    t->state &= ~(uint32_t)(THUMB | IF_THEN);
}
