/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slot_flow.c: which functions are in which fields, in one run.
 *
 * Functions are put into fields, fields move into fields or leak (slots.c).
 * Both facts only grow, in any order: a move applies to what is in the field
 * already and to what will be. A slot of any shape stands for all slots of its
 * offset: what is said of it is said of them, also of those that are met later,
 * and what is said of one of them is said of it.
 */
#include "analyzer.h"

#include <stdlib.h>

enum {
    MAX_FIELDS = 100 /* that hold one function; then it may be anywhere */
};
struct slot_state {
    bool leaked;
    struct def **functions;
    int *moves_to;
    int *said; /* where moves from this very slot go: SLOT(n), SLOT_ANY */
};
struct flow {
    struct analysis *a;
    struct def ***changed; /* functions that got somewhere; NULL: unwanted */
    struct step {
        struct def *function;
        int slot;
    } *todo;
};

static bool has(int *list, int n)
{
    for (size_t i = 0; i < arrlenu(list); i++)
        if (list[i] == n)
            return true;
    return false;
}

/* What is said of one slot holds for another, which is still empty. */
static void inherit(struct slot_state *to, const struct slot_state *from)
{
    for (size_t i = 0; i < arrlenu(from->said); i++) {
        to->leaked |= from->said[i] == SLOT_ANY;
        if (from->said[i] != SLOT_ANY)
            arrput(to->moves_to, from->said[i] - 1);
    }
}

/* The slot of any shape at this offset, or -1. */
static int wild(const struct analysis *a, unsigned long long offset)
{
    struct slot_key key = {0, offset};
    struct slot_entry *numbers = a->slot_numbers;
    ptrdiff_t i = hmgeti(numbers, key);

    return i < 0 ? -1 : numbers[i].value;
}

/* States of slots that are new; nothing is in them yet. */
static void grow(struct analysis *a)
{
    struct slot_state none = {0};

    while (arrlenu(a->slot_states) < arrlenu(a->slots)) {
        int n = (int)arrlen(a->slot_states);
        const struct slot *slot = &a->slots[n];
        int w = wild(a, slot->offset);
        int *same = slot->any ? hmget(a->slots_at, slot->offset) : NULL;
        arrput(a->slot_states, none);
        if (w >= 0 && w < n)
            inherit(&a->slot_states[n], &a->slot_states[w]);
        for (size_t i = 0; i < arrlenu(same) && same[i] < n; i++)
            inherit(&a->slot_states[n], &a->slot_states[same[i]]);
    }
}

void slot_reset(struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->slot_states); i++) {
        arrfree(a->slot_states[i].functions);
        arrfree(a->slot_states[i].moves_to);
        arrfree(a->slot_states[i].said);
    }
    arrsetlen(a->slot_states, 0);
}

static void tell(struct flow *f, struct def *d)
{
    if (f->changed)
        arrput(*f->changed, d);
}

static void put_one(struct flow *f, struct def *d, int n)
{
    struct slot_state *s = &f->a->slot_states[n];

    if (d->taken_free || has(d->fields, n))
        return;
    arrput(d->fields, n);
    arrput(s->functions, d);
    tell(f, d);
    d->taken_free |= s->leaked || arrlenu(d->fields) > MAX_FIELDS;
    for (size_t i = 0; i < arrlenu(s->moves_to); i++) {
        struct step next = {d, s->moves_to[i]};
        arrput(f->todo, next);
    }
}

static void put(struct flow *f, struct def *d, int n)
{
    put_one(f, d, n);
    while (arrlenu(f->todo)) {
        struct step next = arrpop(f->todo);
        put_one(f, next.function, next.slot);
    }
}

bool slot_put(struct analysis *a, struct def *d, int slot)
{
    bool was_free = d->taken_free;
    struct flow f = {.a = a};
    size_t before;

    if (slot == SLOT_NONE)
        return false;
    if (slot == SLOT_ANY || a->options.level != LEVEL_SLOT ||
        a->options.without[SWITCH_slots]) {
        d->taken_free = true;
        return !was_free;
    }
    grow(a);
    before = arrlenu(d->fields);
    put(&f, d, slot - 1);
    arrfree(f.todo);
    return arrlenu(d->fields) > before;
}

static void leak(struct flow *f, struct slot_state *s)
{
    s->leaked = true;
    for (size_t i = 0; i < arrlenu(s->functions); i++) {
        if (!s->functions[i]->taken_free)
            tell(f, s->functions[i]);
        s->functions[i]->taken_free = true;
    }
}

static void move(struct flow *f, int from, int to)
{
    struct slot_state *s = &f->a->slot_states[from];

    if (s->leaked)
        return;
    if (to == SLOT_ANY) {
        leak(f, s);
        return;
    }
    if (from == to - 1 || has(s->moves_to, to - 1))
        return;
    arrput(s->moves_to, to - 1);
    for (size_t i = 0; i < arrlenu(s->functions); i++)
        put(f, s->functions[i], to - 1);
}

struct def **slot_move(struct analysis *a, const struct move *m)
{
    const struct slot *from = &a->slots[m->from];
    struct def **changed = NULL;
    struct flow f = {a, &changed, NULL};

    grow(a);
    if (has(a->slot_states[m->from].said, SLOT_ANY) ||
        has(a->slot_states[m->from].said, m->to))
        return NULL; /* nearly always */
    int *same = from->any ? hmget(a->slots_at, from->offset) : NULL;
    int w = wild(a, from->offset);
    arrput(a->slot_states[m->from].said, m->to);
    move(&f, m->from, m->to);
    if (w >= 0 && w != m->from)
        move(&f, w, m->to);
    for (size_t i = 0; i < arrlenu(same); i++)
        if (same[i] != m->from)
            move(&f, same[i], m->to);
    arrfree(f.todo);
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
