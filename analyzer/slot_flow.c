/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slot_flow.c: which functions are in which fields, in one run.
 *
 * Functions are put into fields, fields move into fields or leak (slots.c).
 * Both facts only grow, in any order: a move applies to what is in the field
 * already and to what will be. A slot without name stands for every structure.
 */
#include "analyzer.h"

#include <stdlib.h>

struct slot_state {
    bool leaked;
    struct def **functions;
    int *moves_to;
};

static void grow(struct analysis *a)
{
    struct slot_state none = {0};

    while (arrlenu(a->slot_states) < arrlenu(a->slots))
        arrput(a->slot_states, none);
}

void slot_reset(struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->slot_states); i++) {
        arrfree(a->slot_states[i].functions);
        arrfree(a->slot_states[i].moves_to);
    }
    arrsetlen(a->slot_states, 0);
}

static bool has(int *list, int n)
{
    for (size_t i = 0; i < arrlenu(list); i++)
        if (list[i] == n)
            return true;
    return false;
}

static bool put(struct analysis *a, struct def *d, int n)
{
    struct slot_state *s = &a->slot_states[n];

    if (has(d->fields, n))
        return false;
    arrput(d->fields, n);
    arrput(s->functions, d);
    d->taken_free |= s->leaked;
    for (size_t i = 0; i < arrlenu(a->slot_states[n].moves_to); i++)
        put(a, d, a->slot_states[n].moves_to[i]);
    return true;
}

bool slot_put(struct analysis *a, struct def *d, int slot)
{
    bool was_free = d->taken_free;

    if (slot == SLOT_NONE)
        return false;
    if (slot == SLOT_ANY || a->options.level != LEVEL_SLOT ||
        a->options.without[SWITCH_slots]) {
        d->taken_free = true;
        return !was_free;
    }
    grow(a);
    return put(a, d, slot - 1);
}

static void leak(struct analysis *a, int n, struct def ***changed)
{
    struct slot_state *s = &a->slot_states[n];

    s->leaked = true;
    for (size_t i = 0; i < arrlenu(s->functions); i++) {
        if (!s->functions[i]->taken_free)
            arrput(*changed, s->functions[i]);
        s->functions[i]->taken_free = true;
    }
}

static void move(struct analysis *a, int from, int to, struct def ***changed)
{
    struct slot_state *s = &a->slot_states[from];

    if (s->leaked)
        return;
    if (to == SLOT_ANY) {
        leak(a, from, changed);
        return;
    }
    if (from == to - 1 || has(s->moves_to, to - 1))
        return;
    arrput(s->moves_to, to - 1);
    for (size_t i = 0; i < arrlenu(a->slot_states[from].functions); i++) {
        struct def *d = a->slot_states[from].functions[i];
        if (put(a, d, to - 1))
            arrput(*changed, d);
    }
}

static bool done(const struct analysis *a, const struct move *m)
{
    struct slot_state *s = &a->slot_states[m->from];

    return s->leaked || (m->to != SLOT_ANY && has(s->moves_to, m->to - 1));
}

struct def **slot_move(struct analysis *a, const struct move *m)
{
    const struct slot *from = &a->slots[m->from];
    struct def **changed = NULL;
    size_t n = from->unnamed ? arrlenu(a->slots) : arrlenu(a->unnamed_slots);

    grow(a);
    if (done(a, m))
        return NULL;
    move(a, m->from, m->to, &changed);
    for (size_t i = 0; i < n; i++) {
        int k = from->unnamed ? (int)i : a->unnamed_slots[i];
        if (a->slots[k].offset == from->offset && k != m->from)
            move(a, k, m->to, &changed);
    }
    return changed;
}

bool slot_match(const struct analysis *a, const int *site, const struct def *d)
{
    int *slots = (int *)(uintptr_t)site;

    if (d->taken_free)
        return true;
    for (size_t i = 0; i < arrlenu(slots); i++)
        for (size_t k = 0; k < arrlenu(d->fields); k++)
            if (a->slots[slots[i]].offset == a->slots[d->fields[k]].offset)
                return true;
    return false;
}
