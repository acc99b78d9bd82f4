/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * resolve.c: which definition a name stands for, as in a link from archives.
 *
 * The program's modules are all linked. A module of the pool is linked when it
 * provides a name that nothing linked defines yet, and then what it refers to
 * is linked too, used or not: that is how a libc makes one member bring in
 * another (musl's __towrite names __stdio_exit_needed in a function that
 * nobody calls; without it output would not be flushed). Linked only decides
 * which definition of a weak name is in force; what is kept is reach.c's
 * business. Strong beats weak, whenever it comes.
 *
 * Where the index offers a name only in components of a role that is not
 * filled yet, the name becomes a need of that role (pick.c).
 */
#include "analyzer.h"
#include "arch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct symbol *symbol_now(struct analysis *a, struct symbol *s)
{
    if (s->run == a->run.number)
        return s;
    s->run = a->run.number;
    s->chosen = NULL;
    s->is_called = s->is_taken = s->is_weak = s->is_undefined = false;
    s->is_cut = s->is_late = s->is_linked = false;
    return s;
}

bool symbol_given(struct analysis *a, const char *name)
{
    static const char *const linker[] = {
        "uc_init",       "uc_poll",         "uc_poll_steps", "uc_ctors",
        "uc_dtors",      "uc_initrd_start", "uc_initrd_end", "uc_args",
        "uc_args_count", "uc_net_address"};
    bool ours = has_prefix(name, "uc_"); /* few are, and all are asked for */

    for (size_t i = 0; i < sizeof linker / sizeof *linker; i++)
        if (ours && strcmp(name, linker[i]) == 0)
            return true;
    return shgeti(a->script_names, KEY(name)) >= 0;
}

static bool is_symbol_char(int c)
{
    return isalnum(c) || c == '_' || c == '.' || c == '$';
}

/* A word before a lone `=`; taking too many only delays an error to link. */
void script_read(struct analysis *a)
{
    char *path =
        arch_script(a->options.pool, a->options.platform, a->options.arch);
    size_t n = 0;
    char *p = path ? file_read(path, &n) : NULL;

    sh_new_strdup(a->script_names);
    for (size_t i = 1; p && i < n; i++) {
        size_t end = i, start;
        if (p[i] != '=' || p[i + 1] == '=' || strchr("=!<>+-*/&|", p[i - 1]))
            continue;
        while (end && isspace((unsigned char)p[end - 1]))
            end--;
        for (start = end; start && is_symbol_char((unsigned char)p[start - 1]);)
            start--;
        char *name = xstrndup(p + start, end - start);
        shput(a->script_names, name, 1);
        free(name);
    }
    free(p);
    free(path);
}

static bool in_force(const struct analysis *a, const struct def *d)
{
    return is_app(d) || d->module->pool->linked == a->run.number;
}

/* Strong before weak, the program before the pool, then by path. */
static bool better(const struct def *x, const struct def *y)
{
    if (x->weak != y->weak)
        return y->weak;
    if (is_app(x) || is_app(y))
        return is_app(x) && !is_app(y);
    return strcmp(x->module->path, y->module->path) < 0;
}

static struct def *linked_def(const struct analysis *a, const struct symbol *s)
{
    struct def *best = NULL;

    for (size_t i = 0; i < arrlenu(s->defs); i++) {
        struct def *d = s->defs[i];
        if (in_force(a, d) && (!best || better(d, best)))
            best = d;
    }
    return best;
}

/* ---- the pool ---- */

static bool role_is_open(struct analysis *a, const struct component *c)
{
    return c->fits && c->role && !shget(a->choices, c->role);
}

static void add_need(struct analysis *a, const char *role, struct symbol *s)
{
    struct symbol **wanted = shget(a->run.needs, KEY(role));

    for (size_t i = 0; i < arrlenu(wanted); i++)
        if (wanted[i] == s)
            return;
    arrput(wanted, s);
    shput(a->run.needs, KEY(role), wanted);
}

/* Whom to link for s; a role to fill is noted if `note` and nobody has it. */
static struct pool_module *provider(struct analysis *a, struct symbol *s,
                                    bool note)
{
    struct provider *all = pool_providers(&a->pool, s->name);
    struct provider *best = NULL;
    const char *role = NULL;

    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct component *c = all[i].module->component;
        bool weak = strchr("wv", all[i].def->kind);
        if (role_is_open(a, c))
            role = c->role;
        if (!component_allowed(a, c))
            continue;
        if (!best || (!weak && strchr("wv", best->def->kind)))
            best = &all[i];
    }
    if (!best && role && note)
        add_need(a, role, s);
    return best ? best->module : NULL;
}

static bool app_defines(const struct symbol *s)
{
    return arrlenu(s->defs) && is_app(s->defs[0]);
}

static bool is_late(struct analysis *a, const struct symbol *s)
{
    return !app_defines(s) && shgeti(a->pool.late, s->name) >= 0;
}

static void link_one(struct analysis *a, struct pool_module *pm,
                     struct pool_module ***queue)
{
    if (pm->linked == a->run.number)
        return;
    pm->linked = a->run.number;
    arrput(*queue, pm);
    for (size_t i = 0; i < arrlenu(pm->defs); i++) {
        const struct index_def *d = &pm->defs[i];
        struct symbol *s = symbol_now(a, symbol_named(&a->program, d->name));
        s->is_linked = true;
        bool stronger = !strchr("wv", d->kind) && s->chosen && s->chosen->weak;
        if (stronger || s->is_weak)
            arrput(a->run.overridden, s);
    }
}

void resolve_link(struct analysis *a, struct pool_module *first)
{
    struct pool_module **queue = NULL;

    link_one(a, first, &queue);
    for (size_t i = 0; i < arrlenu(queue); i++)
        for (size_t k = 0; k < arrlenu(queue[i]->refs); k++) {
            struct symbol *s =
                symbol_now(a, symbol_named(&a->program, queue[i]->refs[k]));
            if (s->is_linked || app_defines(s) || is_late(a, s))
                continue;
            struct pool_module *pm = provider(a, s, false);
            if (pm)
                link_one(a, pm, &queue);
        }
    arrfree(queue);
}

/* The linked module of the pool that defines s best, read in. */
static void load_linked(struct analysis *a, const struct symbol *s)
{
    struct provider *all = pool_providers(&a->pool, s->name);

    for (size_t i = 0; i < arrlenu(all); i++)
        if (all[i].module->linked == a->run.number)
            load_pool(&a->program, &a->pool, all[i].module);
}

struct def *resolve(struct analysis *a, struct symbol *s)
{
    symbol_now(a, s);
    if (s->chosen)
        return s->chosen;
    if (s->local)
        return s->chosen = s->defs[0];
    if (is_late(a, s)) {
        if (!s->is_late)
            arrput(a->run.late, s);
        s->is_late = true;
        return NULL;
    }
    if (!s->is_linked && !app_defines(s)) {
        struct pool_module *pm = provider(a, s, true);
        if (pm)
            resolve_link(a, pm);
    }
    if (s->is_linked)
        load_linked(a, s);
    return s->chosen = linked_def(a, s);
}
