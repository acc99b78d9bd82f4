/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick_divert.c: makes an exception return to uc_tick_enter, and the one that
 * ends that return to where the first was.
 */
#include "trap.h"

extern char uc_tick_enter[], uc_tick_leave[]; /* tick_enter.S */

void uc_tick_divert(struct trap *t)
{
    struct trap *kept = (struct trap *)((t->sp & -16U) - sizeof *kept - 8);

    *kept = *t;
    t->sp = (uintptr_t)kept;
    t->pc = (uintptr_t)uc_tick_enter;
}

bool uc_tick_left(struct trap *t)
{
    if (t->pc != (uintptr_t)uc_tick_leave)
        return false;
    *t = *(const struct trap *)t->r[16];
    return true;
}
