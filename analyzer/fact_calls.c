/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_calls.c: facts that hold because a function of a certain name is
 * reached (the last column of facts.def), and the program's libcalls.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

/* How the name is used in this run; .from NULL: not at all, or by nobody. */
static bool used(struct analysis *a, struct symbol *s, struct link *how)
{
    if (!s || s->run != a->run.number || !(s->is_called || s->is_taken))
        return false;
    *how = s->is_called ? s->called : s->taken;
    return !s->chosen || s->chosen->kind == DEF_ALIAS || s->is_called ||
           reached(a, s->chosen);
}

struct def *reached_named(struct analysis *a, const char *name)
{
    struct symbol *s = shget(a->program.names, KEY(name));
    struct link unused;

    return used(a, s, &unused) ? refer_target(a, s) : NULL;
}

static void fact_named(struct analysis *a, struct facts *f, enum fact fact)
{
    char *names = xstrdup(fact_info[fact].symbols), *rest = names, *name;
    struct link l;

    while ((name = strsep(&rest, " "))) {
        struct symbol *s = *name ? shget(a->program.names, KEY(name)) : NULL;
        if (used(a, s, &l))
            facts_add(f, fact, NULL, l.from, l.at);
    }
    free(names);
}

/* Pool functions that the program itself refers to. */
static void libcalls(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        struct def *d = a->run.reached[i];
        const struct body *b = d->body;
        if (!is_app(d) || !b)
            continue;
        for (size_t k = 0; k < arrlenu(b->refs); k++) {
            const struct ref *r = &b->refs[k];
            if (r->symbol->local || r->symbol->run != a->run.number ||
                r->symbol->fact_run == a->run.number ||
                (r->symbol->chosen && is_app(r->symbol->chosen)) ||
                (arrlenu(b->blocks) && !d->live[r->block]))
                continue;
            r->symbol->fact_run = a->run.number;
            f->on[FACT_libcall] = true;
            struct fact_line l = {FACT_libcall, xstrdup(r->symbol->name), d,
                                  r->at};
            arrput(f->lines, l);
        }
    }
}

void fact_calls(struct analysis *a, struct facts *f)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (fact_info[i].symbols[0])
            fact_named(a, f, (enum fact)i);
    libcalls(a, f);
}
