/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.c: why something is here, or is not.
 *
 *     puts: function of libpool/libc/musl, about 60 bytes
 *     >>> called by hello.c:4 in main
 *     >>> reached from main (entry point)
 *     note: goes if that call goes
 *
 * The chain is the way by which the breadth-first run found it, so none is
 * shorter. NAME is a function or variable, a component, a role, a knob or a
 * fact; all that match are told.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    [HOW_ROOT] = "kept for",
    [HOW_CALL] = "called by",
    [HOW_INDIRECT] = "may be called through a pointer by",
    [HOW_ADDRESS] = "address taken by",
    [HOW_USE] = "used by",
    [HOW_DATA] = "named in the data of",
    [HOW_INIT] = "sets up the component of",
    [HOW_CTOR] = "runs before main for the module of",
    [HOW_NATIVE] = "named by native code of",
    [HOW_ALIAS] = "another name of",
};

/* Of an absolute path the last part: the rest is a matter of the machine. */
static char *place(LLVMValueRef v)
{
    char *full = v ? ir_where(v) : NULL, *text;

    if (!full || full[0] != '/')
        return full;
    text = xstrdup(path_base(full));
    free(full);
    return text;
}

char *where_of(const struct def *d, LLVMValueRef at)
{
    char *text, *name, *where;

    if (!d)
        return xstrdup("(option)");
    name = symbol_plain(d->symbol);
    where = place(at);
    if (!where && d->kind == DEF_FUNCTION)
        where = place(d->ir);
    if (!where && d->kind == DEF_NATIVE)
        where =
            xstrdup(is_app(d) ? path_base(d->module->path) : d->module->path);
    text = where ? format("%s in %s", where, name) : xstrdup(name);
    free(name);
    free(where);
    return text;
}

static bool is_main(const struct def *d)
{
    return is_app(d) && !d->symbol->local &&
           strcmp(d->symbol->name, "main") == 0;
}

char **chain_of(struct analysis *a, const struct link *first)
{
    const struct link *l = first;
    char **lines = NULL;

    for (int i = 0; l->from && i < 200; i++) {
        char *where = where_of(l->from, l->at);
        arrput(lines, format("%s %s", words[l->how], where));
        free(where);
        if (is_main(l->from) || !reached(a, l->from))
            break;
        l = &l->from->found;
    }
    if (l->from && is_main(l->from))
        arrput(lines, xstrdup("reached from main (entry point)"));
    else
        arrput(lines, xstrdup("reached from the start of the image"));
    return lines;
}

static void print_chain(struct analysis *a, const struct link *l)
{
    char **lines = chain_of(a, l);

    for (size_t i = 0; i < arrlenu(lines); i++) {
        printf(">>> %s\n", lines[i]);
        free(lines[i]);
    }
    arrfree(lines);
}

/* ---- definitions ---- */

static const char *kind_name(const struct def *d)
{
    return d->kind == DEF_FUNCTION ? "function"
           : d->kind == DEF_DATA   ? "data"
           : d->kind == DEF_ALIAS  ? "another name"
                                   : "native code";
}

static const char *home(const struct def *d)
{
    return is_app(d) ? "the program" : d->module->pool->component->path;
}

static void explain_others(const struct def *d)
{
    size_t n = arrlenu(d->callers);

    for (size_t i = 0; i < n && i < 6; i++) {
        const struct call *c = &d->callers[i];
        if (c->at == d->found.at)
            continue;
        char *where = where_of(c->from, c->at);
        printf(">>> also called by %s\n", where);
        free(where);
    }
    if (n > 6)
        printf(">>> and by %zu more\n", n - 6);
    printf("note: goes if %s\n",
           n > 1 ? "all these calls go" : "that reference goes");
}

static void explain_def(struct analysis *a, const struct def *d)
{
    char *name = symbol_plain(d->symbol);

    if (reached(a, d)) {
        printf("%s: %s of %s (%s), about %u bytes\n", name, kind_name(d),
               home(d), d->module->path, d->bytes);
        print_chain(a, &d->found);
        explain_others(d);
    } else if (d->symbol->run == a->run.number && d->symbol->is_cut) {
        printf("%s: cut: the program does not need it\n", name);
        print_chain(a, d->symbol->is_called ? &d->symbol->called
                                            : &d->symbol->taken);
    } else if (d->taken_run == a->run.number) {
        printf("%s: dropped: its address is taken, but no reached call can "
               "use it\n",
               name);
        print_chain(a, &d->taken_by);
    } else {
        printf("%s: %s of %s, dropped: nothing reached refers to it\n", name,
               kind_name(d), home(d));
    }
    free(name);
}

static bool explain_symbol(struct analysis *a, const char *name)
{
    bool any = false;

    for (size_t i = 0; i < arrlenu(a->program.modules); i++) {
        struct module *m = a->program.modules[i];
        for (size_t k = 0; k < arrlenu(m->defs); k++) {
            char *plain = symbol_plain(m->defs[k]->symbol);
            if (!strcmp(plain, name) ||
                !strcmp(m->defs[k]->symbol->name, name)) {
                explain_def(a, m->defs[k]);
                any = true;
            }
            free(plain);
        }
    }
    struct symbol *s = shget(a->program.names, KEY(name));
    if (!any && s && s->run == a->run.number && s->is_late) {
        printf("%s: pure function of late.a\n", name);
        print_chain(a, s->is_called ? &s->called : &s->taken);
        any = true;
    } else if (!any && s && s->run == a->run.number && s->is_undefined) {
        printf("%s: not in any picked component: returns -ENOSYS\n", name);
        print_chain(a, s->is_called ? &s->called : &s->taken);
        any = true;
    }
    return any;
}

/* ---- components, roles ---- */

static unsigned long bytes_of(const struct analysis *a,
                              const struct component *c, size_t *functions,
                              const struct def **first)
{
    unsigned long n = 0;

    *functions = 0;
    *first = NULL;
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        if (is_app(d) || d->module->pool->component != c)
            continue;
        n += d->bytes;
        *functions += d->kind != DEF_DATA;
        if (!*first)
            *first = d;
    }
    return n;
}

static void explain_component(struct analysis *a, const struct component *c)
{
    const struct def *first;
    size_t functions;
    unsigned long bytes = bytes_of(a, c, &functions, &first);

    if (first) {
        char *name = symbol_plain(first->symbol);
        printf("%s: component%s%s, %zu functions reached, about %lu bytes\n",
               c->path, c->role ? ", role " : "", c->role ? c->role : "",
               functions, bytes);
        printf(">>> first needed for %s\n", name);
        print_chain(a, &first->found);
        free(name);
    } else if (!c->fits) {
        printf("%s: component, not for %s\n", c->path, a->options.target);
    } else if (c->when && !expr_value(c->when, &a->facts)) {
        printf("%s: component, not chosen: valid when %s\n", c->path,
               expr_text(c->when));
    } else if (c->role && shget(a->choices, c->role)) {
        printf("%s: component, not chosen: %s fills the role %s\n", c->path,
               shget(a->choices, c->role)->path, c->role);
    } else {
        printf("%s: component, not needed\n", c->path);
    }
}

static bool explain_components(struct analysis *a, const char *name)
{
    bool any = false;

    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        bool role = c->role && !strcmp(c->role, name);
        if (!role && strcmp(c->path, name) != 0 &&
            strcmp(path_base(c->path), name) != 0)
            continue;
        if (role && !any)
            printf("%s: role, filled by %s\n", name,
                   shget(a->choices, c->role) ? shget(a->choices, c->role)->path
                                              : "nobody: not needed");
        explain_component(a, c);
        any = true;
    }
    return any;
}

/* ---- knobs, facts ---- */

static bool explain_knob(struct analysis *a, const char *name)
{
    const struct knob *k =
        pool_knob(&a->pool, has_prefix(name, "CFG_") ? name + 4 : name);

    if (!k)
        return false;
    printf("%s: knob, %ld\n>>> = %s\n", k->name,
           expr_value(k->value, &a->facts), expr_text(k->value));
    for (int i = 0; i < FACT_COUNT; i++)
        if (expr_uses(k->value, (enum fact)i))
            printf(">>> %s is %s\n", fact_info[i].name,
                   a->facts.on[i] ? "true" : "false");
    return true;
}

static bool explain_fact(struct analysis *a, const char *name)
{
    int fact = fact_find(name, strlen(name));
    int shown = 0;

    if (fact < 0)
        return false;
    printf("%s: fact, %s: %s\n", name,
           a->facts.on[fact] ? "holds"
                             : "does "
                               "not hold",
           fact_info[fact].meaning);
    for (size_t i = 0; i < arrlenu(a->facts.lines) && shown < 10; i++) {
        const struct fact_line *l = &a->facts.lines[i];
        struct link link = {l->function, l->at, HOW_CALL, 0};
        if (l->fact != (enum fact)fact)
            continue;
        shown++;
        if (l->detail)
            printf(">>> %s\n", l->detail);
        if (l->function)
            print_chain(a, &link);
    }
    if (a->options.assumed[fact])
        printf(">>> option --assume\n");
    if (!a->facts.on[fact])
        printf("note: would be established by: %s%s%s\n", fact_info[fact].how,
               fact_info[fact].symbols[0] ? " of " : "",
               fact_info[fact].symbols);
    return true;
}

bool explain(struct analysis *a, const char *name)
{
    bool any = *name && explain_fact(a, name);

    if (!*name) { /* what has no name has it too */
        error("--explain: nothing found, expected a name");
        return false;
    }
    any |= explain_knob(a, name);
    any |= explain_components(a, name);
    any |= explain_symbol(a, name);
    if (!any && pool_providers(&a->pool, name)) {
        printf("%s: in %s, not linked: nothing refers to it\n", name,
               pool_providers(&a->pool, name)->module->path);
        any = true;
    }
    if (!any)
        error("--explain %s: no function, variable, component, role, knob or "
              "fact of that name",
              name);
    return any;
}
