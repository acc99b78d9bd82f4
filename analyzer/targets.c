/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * targets.c: how many functions a reached indirect call may reach, which is
 * what the levels of --indirect and the switches types, exact and slots are
 * for. Counted are the calls in the IR that the last run reached, before the
 * optimiser sees them, and the functions that the run matched with them.
 */
#include "analyzer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t sites, targets, most;
};
struct counted { /* calls of one type, from the same fields */
    const struct site *site;
    size_t targets;
};

static bool is_same(const struct site *x, const struct site *y)
{
    size_t n = arrlenu(x->slots);

    return x->signature == y->signature && x->anywhere == y->anywhere &&
           n == arrlenu(y->slots) &&
           (!n || !memcmp(x->slots, y->slots, n * sizeof *x->slots));
}

static size_t count(struct analysis *a, const struct live_call *c,
                    struct counted **known)
{
    struct counted new = {c->site, 0};

    for (size_t i = 0; i < arrlenu(*known); i++)
        if (is_same((*known)[i].site, c->site))
            return (*known)[i].targets;
    for (size_t i = 0; i < arrlenu(a->run.taken); i++) {
        struct def *d = a->run.taken[i];
        new.targets += refer_may_call(a, c->site, d);
    }
    arrput(*known, new);
    return new.targets;
}

static void add(struct tally *t, size_t targets)
{
    t->sites++;
    t->targets += targets;
    if (targets > t->most)
        t->most = targets;
}

static json_t *json_tally(const struct tally *t)
{
    return json_pack("{s:I, s:I, s:I, s:f}", "sites", (json_int_t)t->sites,
                     "targets", (json_int_t)t->targets, "most",
                     (json_int_t)t->most, "average",
                     t->sites ? (double)t->targets / (double)t->sites : 0.0);
}

void targets_json(struct analysis *a, json_t *o)
{
    struct tally all = {0}, program = {0};
    struct counted *known = NULL;

    for (size_t i = 0; i < arrlenu(a->run.site_calls); i++) {
        const struct live_call *c = &a->run.site_calls[i];
        size_t n = count(a, c, &known);
        add(&all, n);
        if (is_app(c->call.from))
            add(&program, n);
    }
    arrfree(known);
    json_object_set_new(o, "indirect_calls", json_tally(&all));
    json_object_set_new(o, "indirect_calls_program", json_tally(&program));
}
