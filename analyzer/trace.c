/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace.c: what the last run found, for tests to hold against what happens.
 *
 *     reach: hash_find:app.2
 *     value: pcache_init:app.2 returns 0
 *     site: apply 0 compare:app swap      # apply's first indirect call
 *
 * Indirect calls are numbered in a function as its instructions stand in the
 * stored module. The names after the number are all that the call may reach;
 * native code, whose type is not known, is in every list.
 */
#include "explain.h"

#include <string.h>

static void trace_reach(const struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        fprintf(stderr, "reach: %s\n", a->run.reached[i]->symbol->name);
}

static void trace_values(const struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        if (d->result.state == KNOWN)
            fprintf(stderr, "value: %s returns %lld\n", d->symbol->name,
                    known_signed(d->result));
    }
}

static void trace_site(struct analysis *a, const struct def *d, size_t number)
{
    const struct site *s = &d->body->sites[number];

    fprintf(stderr, "site: %s %zu", d->symbol->name, number);
    for (size_t i = 0; i < arrlenu(a->run.taken); i++) {
        struct def *to = a->run.taken[i];
        if (refer_may_call(a, s, to))
            fprintf(stderr, " %s", to->symbol->name);
    }
    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        if (a->run.reached[i]->kind == DEF_NATIVE)
            fprintf(stderr, " %s", a->run.reached[i]->symbol->name);
    fputc('\n', stderr);
}

static void trace_sites(struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        for (size_t k = 0; d->body && k < arrlenu(d->body->sites); k++)
            if (block_live(d, d->body->sites[k].at))
                trace_site(a, d, k);
    }
}

void trace(struct analysis *a, const char *stage)
{
    if (!strcmp(stage, "reach"))
        trace_reach(a);
    else if (!strcmp(stage, "values"))
        trace_values(a);
    else if (!strcmp(stage, "sites"))
        trace_sites(a);
    else if (!strcmp(stage, "goes"))
        saving_trace(a);
}
