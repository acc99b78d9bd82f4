/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * undefined.c: names that nobody defines. A system call is open: the linker
 * binds it to -ENOSYS. Any other is the error that ends an analysis.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

bool is_open_call(const struct symbol *s)
{
    return has_prefix(s->name, "uc_sys_");
}

/*
 * The native link did without a name that only the program wants: its compiler
 * saw that no call of it can run, which the code before optimisation hides.
 */
bool is_unused(const struct analysis *a, const struct symbol *s)
{
    const struct link *l = s->is_called ? &s->called : &s->taken;

    return a->options.linked && !is_open_call(s) && l->from && is_app(l->from);
}

/* A component that defines s, but whose role another one fills, or NULL. */
static const struct component *not_chosen(struct analysis *a,
                                          const struct symbol *s)
{
    struct provider *all = pool_providers(&a->pool, s->name);

    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct component *c = all[i].module->component;
        if (c->fits && c->role && shget(a->choices, c->role) &&
            shget(a->choices, c->role) != c)
            return c;
    }
    return NULL;
}

static void note_choice(struct analysis *a, const struct symbol *s,
                        const struct component *other)
{
    const char *role = other->role;

    note("%s, which was chosen for the role %s, does not cover %s; %s does",
         shget(a->choices, KEY(role))->path, role, s->name, other->path);
    if (!strcmp(role, "libc"))
        note("use --libc auto, or --libc %s", path_base(other->path));
    else
        note("use --choose %s=%s", role, path_base(other->path));
}

static void report_one(struct analysis *a, const struct symbol *s)
{
    const struct component *other = not_chosen(a, s);
    const struct link *l = s->is_called ? &s->called : &s->taken;
    char **lines = chain_of(a, l);

    if (!strcmp(s->name, "main"))
        error("no function main in the program");
    else if (!strcmp(s->name, "uc_entry"))
        error("%s: not a target of this pool: no component defines uc_entry",
              a->options.target);
    else
        error("undefined symbol %s", s->name);
    for (size_t i = 0; i < arrlenu(lines); i++) {
        evidence("%s", lines[i]);
        free(lines[i]);
    }
    arrfree(lines);
    if (!strcmp(s->name, "main"))
        note("a program has one function main; was the right --bin given?");
    else if (has_prefix(s->name, "CFG_"))
        note("no component has a line `knob %s = ...`", s->name + 4);
    else if (other)
        note_choice(a, s, other);
    else if (!has_prefix(s->name, "uc_"))
        note("neither the program nor the pool defines it: link its library "
             "into the program, or add it to the pool as a port");
}

bool undefined_report(struct analysis *a)
{
    size_t n = 0;

    for (size_t i = 0; i < arrlenu(a->run.undefined); i++) {
        if (is_open_call(a->run.undefined[i]) ||
            is_unused(a, a->run.undefined[i]))
            continue;
        if (++n <= 10)
            report_one(a, a->run.undefined[i]);
    }
    if (n > 10)
        note("and %zu more undefined symbols", n - 10);
    return n == 0;
}

/* Adds the system calls that the image will refuse to the facts. */
void degraded_facts(struct analysis *a)
{
    for (size_t i = 0; i < arrlenu(a->run.undefined); i++) {
        const struct symbol *s = a->run.undefined[i];
        const struct link *l = s->is_called ? &s->called : &s->taken;
        if (is_open_call(s))
            facts_add(&a->facts, FACT_degraded, s->name + strlen("uc_sys_"),
                      l->from, l->at);
    }
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        for (size_t k = 0; c->fits && k < arrlenu(c->partial); k++) {
            const char *name = c->partial[k].function;
            const struct def *d = reached_named(a, name);
            if (d && reached(a, d))
                facts_add(&a->facts, FACT_degraded, name + strlen("uc_sys_"),
                          d->found.from, d->found.at);
        }
    }
}
