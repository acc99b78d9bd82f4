/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.c: why something is here, or is not.
 *
 *     puts: function of libpool/libc/musl (libpool/.../puts.bc), 30 bytes
 *     >>> called by hello.c:4 in main
 *     >>> reached from main (entry point)
 *     note: goes if that reference goes
 *     note: goes with any of main
 *     note: saves 1,020 bytes by image.map: puts 30, fwrite 80 and 9 more parts
 *
 * The chain is the way by which the run found it; there may be a shorter one,
 * for what comes behind a call whose result is not known yet is looked at
 * later. NAME is a function or variable, a component, a role, a knob, a fact, a
 * section, a source file, or BYTES; all that match are told.
 */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_PARTS = 5,
    MOST_LATE = 10
};

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

const char *how_of(const struct link *l)
{
    return words[l->how];
}

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

char *place_of(const struct def *d, LLVMValueRef at)
{
    char *where = place(at);

    if (!where && d->kind == DEF_FUNCTION)
        where = place(d->ir);
    if (!where && d->kind == DEF_NATIVE)
        where =
            xstrdup(is_app(d) ? path_base(d->module->path) : d->module->path);
    return where;
}

char *where_of(const struct def *d, LLVMValueRef at)
{
    char *text, *name, *where;

    if (!d)
        return xstrdup("(option)");
    name = symbol_plain(d->symbol);
    where = place_of(d, at);
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

void print_chain(struct analysis *a, const struct link *l)
{
    char **lines = chain_of(a, l);

    for (size_t i = 0; i < arrlenu(lines); i++) {
        printf(">>> %s\n", lines[i]);
        free(lines[i]);
    }
    arrfree(lines);
}

/* ---- what it would save ---- */

static struct analysis *sorting;

static int by_bytes(const void *x, const void *y)
{
    const struct def *a = *(struct def *const *)x, *b = *(struct def *const *)y;
    unsigned long m = sizes_of(sorting, a).file, n = sizes_of(sorting, b).file;

    if (m != n)
        return m > n ? -1 : 1;
    return strcmp(a->symbol->name, b->symbol->name);
}

/* Functions and tables; strings have no names to speak of. */
static bool is_named(const struct def *d)
{
    return d->symbol->name[0] != '.' && d->symbol->name[0] != '(';
}

static void print_largest(struct analysis *a, struct saving *s)
{
    const char *mark = ": ";
    size_t shown = 0;

    sorting = a;
    if (s->gone)
        qsort(s->gone, arrlenu(s->gone), sizeof *s->gone, by_bytes);
    for (size_t i = 0; i < arrlenu(s->gone) && shown < MOST_PARTS; i++) {
        char *name = symbol_plain(s->gone[i]->symbol);
        if (is_named(s->gone[i]) && sizes_of(a, s->gone[i]).file) {
            printf("%s%s %lu", mark, name, sizes_of(a, s->gone[i]).file);
            mark = ", ";
            shown++;
        }
        free(name);
    }
    if (arrlenu(s->gone) > shown)
        printf("%s%zu more parts", shown ? " and " : ": ",
               arrlenu(s->gone) - shown);
}

void print_saving(struct analysis *a, struct saving *s, const char *condition)
{
    printf("note: %ssaves ", condition);
    if (arrlenu(s->gone)) {
        printf("%s%lu bytes", a->image ? "" : "about ", s->bytes.file);
        if (s->bytes.memory)
            printf(" and %lu of memory", s->bytes.memory);
        printf(a->image ? " by image.map" : " by estimate");
        print_largest(a, s);
    } else {
        printf("nothing");
    }
    putchar('\n');
    if (s->inlined)
        printf("note: and about %lu bytes that were inlined elsewhere or "
               "merged\n",
               s->inlined);
    for (size_t i = 0; i < arrlenu(s->late) && i < MOST_LATE; i++)
        printf("%s%s", i ? ", " : "note: and of late.a: ", s->late[i]);
    if (arrlenu(s->late))
        printf(arrlenu(s->late) > MOST_LATE ? " and more\n" : "\n");
    arrfree(s->late);
    arrfree(s->gone);
}

/* ---- definitions ---- */

static const char *kind_name(const struct def *d)
{
    return d->kind == DEF_FUNCTION ? "function"
           : d->kind == DEF_DATA   ? "data"
           : d->kind == DEF_ALIAS  ? "another name"
                                   : "native code";
}

const char *home_of(const struct def *d)
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
}

static void note_references(const struct def *d)
{
    const char *and = "";

    printf("note: goes if ");
    if (d->references == 1 && arrlenu(d->callers) < 2)
        printf("that reference goes");
    else if (d->references == 1)
        printf("all these calls go");
    else if (d->references)
        printf("all references from %u places go", d->references);
    if (d->references)
        and = ", and ";
    if (d->pointer_calls && d->takers)
        printf("%sits address is taken nowhere (now by %u), or no call "
               "through a pointer can mean it (now %u)",
                   and, d->takers, d->pointer_calls);
    putchar('\n');
}

static bool goes_with(const struct def *d, int node)
{
    for (size_t i = 0; d && i < arrlenu(d->goes_with); i++)
        if (d->goes_with[i] == node)
            return true;
    return false;
}

/* Functions that it needs, the nearest first; not those that main needs. */
static void note_goes_with(struct analysis *a, const struct def *d)
{
    const struct def *start = reached_named(a, "main");
    size_t shown = 0;

    if (d == start || goes_with(start, d->node))
        return;
    for (ptrdiff_t i = arrlen(d->goes_with) - 1; i >= 0 && shown < 6; i--) {
        const struct def *x = a->run.reached[d->goes_with[i]];
        char *name = symbol_plain(x->symbol);
        if (x->kind != DEF_DATA && !goes_with(start, x->node))
            printf("%s%s", shown++ ? ", " : "note: goes with any of ", name);
        free(name);
    }
    if (shown)
        putchar('\n');
}

static void note_conditions(struct analysis *a, const struct def *d)
{
    char **list = saving_conditions(a, d);

    for (size_t i = 0; i < arrlenu(list); i++) {
        printf("note: goes %s\n", list[i]);
        free(list[i]);
    }
    arrfree(list);
}

static void explain_reached(struct analysis *a, struct def *d, const char *name)
{
    struct sizes bytes = sizes_of(a, d);
    struct def **banned = NULL;
    struct saving s;
    size_t n = strlen(d->module->path);
    const char *file = is_app(d) ? file_of(d, &n) : d->module->path;

    printf("%s: %s of %s (%.*s), ", name, kind_name(d), home_of(d), (int)n,
           file);
    if (a->image && !bytes.file && !bytes.memory)
        printf("no bytes of its own: inlined elsewhere or merged\n");
    else
        printf("%s%lu bytes%s\n", a->image ? "" : "about ",
               bytes.file + bytes.memory,
               bytes.memory ? " of zeroed memory" : "");
    print_chain(a, &d->found);
    if (d->found.how == HOW_INDIRECT) {
        char *where = where_of(d->taken_by.from, d->taken_by.at);
        printf(">>> its address: %s %s\n", words[d->taken_by.how], where);
        free(where);
    }
    explain_others(d);
    note_references(d);
    note_goes_with(a, d);
    note_conditions(a, d);
    arrput(banned, d);
    s = saving_without(a, (struct question){0}, banned);
    print_saving(a, &s, "");
    arrfree(banned);
}

static void explain_def(struct analysis *a, struct def *d)
{
    char *name = symbol_plain(d->symbol);

    if (reached(a, d)) {
        explain_reached(a, d, name);
    } else if (d->symbol->run == a->run.number && d->symbol->is_cut) {
        printf("%s: cut: the program does not need it\n", name);
        print_chain(a, d->symbol->is_called ? &d->symbol->called
                                            : &d->symbol->taken);
        printf("note: comes back if %s holds\n", cut_unless(d->symbol));
    } else if (d->taken_run == a->run.number) {
        printf("%s: dropped: its address is taken, but no reached call can "
               "use it\n",
               name);
        print_chain(a, &d->taken_by);
    } else {
        printf("%s: %s of %s, dropped: nothing reached refers to it\n", name,
               kind_name(d), home_of(d));
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

static bool in_component(const struct def *d, const void *c)
{
    return !is_app(d) && d->module->pool->component == c;
}

static unsigned long bytes_of(const struct analysis *a,
                              const struct component *c, size_t *functions,
                              const struct def **first)
{
    unsigned long n = 0;

    *functions = 0;
    *first = NULL;
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        if (!in_component(d, c))
            continue;
        n += sizes_of(a, d).file;
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
    unsigned long bytes = map_bytes(a, c->path);
    unsigned long estimate = bytes_of(a, c, &functions, &first);
    struct saving saving;

    if (first) {
        char *name = symbol_plain(first->symbol);
        printf("%s: component%s%s, %zu functions reached, %s%lu bytes\n",
               c->path, c->role ? ", role " : "", c->role ? c->role : "",
               functions, a->image ? "" : "about ",
               a->image ? bytes : estimate);
        printf(">>> first needed for %s\n", name);
        print_chain(a, &first->found);
        free(name);
        print_references(a, in_component, c);
        saving = saving_without(a, (struct question){.component = c}, NULL);
        print_saving(a, &saving, "");
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

/* ---- all of it ---- */

bool explain(struct analysis *a, const char *name)
{
    bool any;

    if (!*name) { /* what has no name has it too */
        error("--explain: nothing found, expected a name");
        return false;
    }
    graph_solve(a);
    if (!strcmp(name, "BYTES")) {
        explain_bytes(a);
        return true;
    }
    any = explain_fact(a, name);
    any |= explain_knob(a, name);
    any |= explain_components(a, name);
    any |= explain_section(a, name);
    any |= explain_file(a, name);
    any |= explain_symbol(a, name);
    any |= explain_sources(a, name);
    if (!any && pool_providers(&a->pool, name)) {
        printf("%s: in %s, not linked: nothing refers to it\n", name,
               pool_providers(&a->pool, name)->module->path);
        any = true;
    }
    if (!any)
        error("--explain %s: no function, variable, component, role, knob, "
              "fact, section or file of that name",
              name);
    return any;
}
