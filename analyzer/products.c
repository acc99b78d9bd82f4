/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * products.c: the files that the other stages read: facts, pick,
 * analyze.json (for the driver's summary).
 */
#include "analyzer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void product_write(const struct analysis *a, const char *name, struct buf *b)
{
    char *path = path_join(a->options.out, name);

    if (!b->p)
        buf_str(b, "");
    file_write(path, b->p, b->n);
    buf_free(b);
    free(path);
}

/* ---- facts ---- */

static void put_chain(struct analysis *a, struct buf *b, const struct link *l)
{
    char **lines = chain_of(a, l);

    for (size_t i = 0; i < arrlenu(lines); i++) {
        buf_printf(b, ">>> %s\n", lines[i]);
        free(lines[i]);
    }
    arrfree(lines);
}

static void write_facts(struct analysis *a)
{
    struct buf b = {0};

    facts_sort(&a->facts);
    for (size_t i = 0; i < arrlenu(a->facts.lines); i++) {
        const struct fact_line *l = &a->facts.lines[i];
        struct link link = {l->function, l->at, HOW_CALL, 0};

        buf_printf(&b, "%s%s%s\n", fact_info[l->fact].name,
                   l->detail ? " " : "", l->detail ? l->detail : "");
        if (l->function)
            put_chain(a, &b, &link);
        else
            buf_printf(&b, ">>> %s\n",
                       a->options.assumed[l->fact] ? "option --assume"
                                                   : fact_info[l->fact].how);
    }
    product_write(a, "facts", &b);
}

/* ---- pick ---- */

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Lines `key name`, sorted; takes the list. */
static void put_names(struct buf *b, const char *key, char **names)
{
    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    for (size_t i = 0; i < arrlenu(names); i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0)
            buf_printf(b, "%s %s\n", key, names[i]);
        else
            continue;
    }
    arrfree(names);
}

static bool is_picked(const struct analysis *a, const struct pool_module *m)
{
    return m->loaded && m->loaded->picked == a->run.number;
}

static size_t put_components(const struct analysis *a, struct buf *b)
{
    size_t count = 0;

    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        bool any = false;
        for (size_t k = 0; k < arrlenu(c->modules); k++) {
            const struct pool_module *m = c->modules[k];
            if (!is_picked(a, m))
                continue;
            if (!any)
                buf_printf(b, "component %s%s%s\n", c->path,
                           c->role ? " role=" : "", c->role ? c->role : "");
            any = true;
            buf_printf(b, "%s %s\n", m->native ? "object" : "module", m->path);
        }
        count += any;
    }
    return count;
}

static void put_own(const struct analysis *a, struct buf *b)
{
    char **names = NULL;

    for (size_t i = 0; i < shlenu(a->own); i++)
        arrput(names, a->own[i].key);
    put_names(b, "own", names);
}

/* The program's own native objects that something reached is in. */
static void put_natives(const struct analysis *a, struct buf *b)
{
    for (size_t i = 0; i < arrlenu(a->program.modules); i++) {
        const struct module *m = a->program.modules[i];
        bool any = false;
        for (size_t k = 0; m->number && k < arrlenu(m->defs); k++)
            any |= reached(a, m->defs[k]);
        if (any)
            buf_printf(b, "native %u\n", m->number);
    }
}

static void put_knobs(struct analysis *a, struct buf *b)
{
    const struct knob **knobs = knobs_sorted(a);

    for (size_t i = 0; i < arrlenu(knobs); i++)
        buf_printf(b, "knob %s %ld\n", knobs[i]->name,
                   expr_value(knobs[i]->value, &a->facts));
    arrfree(knobs);
}

const char *cut_unless(const struct symbol *s)
{
    const struct component *c = s->chosen->module->pool->component;
    char *plain = symbol_plain(s);
    const char *text = "";

    for (size_t i = 0; i < arrlenu(c->cuts); i++)
        if (!strcmp(c->cuts[i].function, plain))
            text = expr_text(c->cuts[i].unless);
    free(plain);
    return text;
}

/* Is something of this name among what is linked into the image? */
static bool is_present(const struct analysis *a, const struct symbol *s)
{
    if (s->local && s->defs[0]->kind == DEF_DATA)
        return true;
    if (s->run != a->run.number)
        return false;
    return s->is_late || s->is_cut || (s->chosen && reached(a, s->chosen));
}

static bool is_border(struct analysis *a, const struct symbol *s)
{
    const struct set *set = set_named(&a->program, s->name);

    return set && set->run == a->run.number;
}

/*
 * Names in blocks that cannot run. The linker removes these blocks only when
 * it optimises, and would miss the names before.
 */
static void add_dead_names(struct analysis *a, const struct def *d,
                           char ***drops)
{
    const struct body *b = d->body;

    for (size_t i = 0; d->kind == DEF_FUNCTION && b && arrlenu(b->blocks) &&
                       i < arrlenu(b->refs);
         i++) {
        const struct symbol *s = b->refs[i].symbol;
        if (!d->live[b->refs[i].block] && !is_present(a, s) &&
            !has_prefix(s->name, "CFG_") && !symbol_given(a, s->name) &&
            !is_border(a, s))
            arrput(*drops, s->name);
    }
}

static void add_values(struct analysis *a, struct def *d, char ***direct,
                       char ***pointer)
{
    struct view w = {.a = a, .asker = d, .d = d, .live = d->live};
    unsigned number = 0;

    IR_EACH_BLOCK (b, d->ir)
        IR_EACH_INST (i, b) {
            if (!ir_is_numbered_call(i))
                continue;
            bool named = LLVMIsAGlobalValue(LLVMGetCalledValue(i)) != NULL;
            struct known k = {VARIOUS, 0, 0};
            if (LLVMGetFirstUse(i) && branch_is_live(&w, b))
                k = value_of(&w, i);
            bool null = LLVMGetTypeKind(LLVMTypeOf(i)) == LLVMPointerTypeKind;
            if (k.state == KNOWN && !(null && k.value))
                arrput(*(named ? direct : pointer),
                       format("%s %u %lld", d->symbol->name, number,
                              known_signed(k)));
            number++;
        }
}

static void put_values(struct analysis *a, struct buf *b)
{
    char **direct = NULL, **pointer = NULL;

    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        if (a->run.reached[i]->kind == DEF_FUNCTION)
            add_values(a, a->run.reached[i], &direct, &pointer);
    put_names(b, "value", direct);
    put_names(b, "expect", pointer);
}

static void put_lost(struct analysis *a, struct buf *b)
{
    char **cuts = NULL, **drops = NULL;

    for (size_t i = 0; i < arrlenu(a->run.cut); i++)
        arrput(cuts,
               format("%s %s", a->run.cut[i]->name, cut_unless(a->run.cut[i])));
    for (size_t i = 0; i < arrlenu(a->run.taken); i++)
        if (!reached(a, a->run.taken[i]))
            arrput(drops, a->run.taken[i]->symbol->name);
    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        add_dead_names(a, a->run.reached[i], &drops);
    for (size_t i = 0; i < arrlenu(a->run.undefined); i++)
        if (is_unused(a, a->run.undefined[i]))
            arrput(drops, a->run.undefined[i]->name);
    put_names(b, "cut", cuts);
    put_names(b, "drop", drops);
}

static void put_rest(const struct analysis *a, struct buf *b)
{
    char **open = NULL, **devices = NULL, **late = NULL;

    for (size_t i = 0; i < arrlenu(a->run.undefined); i++)
        if (is_open_call(a->run.undefined[i]))
            arrput(open, a->run.undefined[i]->name);
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        bool any = false;
        for (size_t k = 0; k < arrlenu(c->modules); k++)
            any |= is_picked(a, c->modules[k]);
        for (size_t k = 0; any && k < arrlenu(c->devices); k++)
            arrput(devices, c->devices[k]);
    }
    for (size_t i = 0; i < arrlenu(a->run.late); i++)
        arrput(late, a->run.late[i]->name);
    put_names(b, "nosys", open);
    put_names(b, "device", devices);
    put_names(b, "late", late);
}

static size_t write_pick(struct analysis *a)
{
    struct buf b = {0};
    size_t components;

    buf_printf(&b, "target %s\n", a->options.target);
    ablate_pick(a, &b);
    components = put_components(a, &b);
    put_own(a, &b);
    put_natives(a, &b);
    put_names(&b, "set", sets_reached(a));
    put_knobs(a, &b);
    put_lost(a, &b);
    put_values(a, &b);
    if (arrlenu(a->run.syscalls) && a->run.direct)
        buf_str(&b, "direct\n");
    put_rest(a, &b);
    product_write(a, "pick", &b);
    return components;
}

/* ---- analyze.json ---- */

static json_t *json_chain(struct analysis *a, const struct link *l)
{
    char **lines = chain_of(a, l);
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(lines); i++) {
        json_array_append_new(list, json_string(lines[i]));
        free(lines[i]);
    }
    arrfree(lines);
    return list;
}

static int by_symbol(const void *x, const void *y)
{
    return strcmp((*(struct symbol *const *)x)->name,
                  (*(struct symbol *const *)y)->name);
}

/* What the reached call does not do as on Linux. */
static void add_partial(struct analysis *a, const struct partial *p,
                        json_t *list)
{
    const struct def *d = reached_named(a, p->function);
    const char *name = p->function + strlen("uc_sys_");
    char *why = format("%s: %s", name, p->how);

    if (d && reached(a, d))
        json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "name", name,
                                              "why", why, "chain",
                                              json_chain(a, &d->found)));
    free(why);
}

static json_t *json_degraded(struct analysis *a)
{
    json_t *list = json_array();

    if (a->run.undefined)
        qsort(a->run.undefined, arrlenu(a->run.undefined),
              sizeof *a->run.undefined, by_symbol);
    for (size_t i = 0; i < arrlenu(a->run.undefined); i++) {
        const struct symbol *s = a->run.undefined[i];
        const char *name = s->name + strlen("uc_sys_");
        char *why;
        if (!is_open_call(s))
            continue;
        why = format("needs %s, which no component provides", name);
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:o}", "name", name, "why", why, "chain",
                      json_chain(a, s->is_called ? &s->called : &s->taken)));
        free(why);
    }
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        for (size_t k = 0; c->fits && k < arrlenu(c->partial); k++)
            add_partial(a, &c->partial[k], list);
    }
    return list;
}

static json_t *json_close(const struct analysis *a)
{
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(a->close); i++) {
        const struct close_choice *c = &a->close[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:I, s:I}", "role", c->role,
                            "chosen", c->chosen->path, "other", c->other->path,
                            "bytes", (json_int_t)c->bytes, "other_bytes",
                            (json_int_t)c->other_bytes));
    }
    return list;
}

static json_t *json_choices(const struct analysis *a)
{
    json_t *o = json_object();

    for (size_t i = 0; i < shlenu(a->choices); i++)
        json_object_set_new(o, a->choices[i].key,
                            json_string(a->choices[i].value->path));
    return o;
}

/* Is the component valid, with all that the program wants of libc? */
static bool covers(struct analysis *a, const char *path)
{
    const struct component *c = pool_component(&a->pool, path);

    if (c && c->when && !expr_value(c->when, &a->facts))
        return false;
    for (size_t i = 0; c && i < arrlenu(a->facts.lines); i++) {
        const char *name = a->facts.lines[i].detail;
        struct provider *all;
        bool found = false;
        if (a->facts.lines[i].fact != FACT_libcall)
            continue;
        all = pool_providers(&a->pool, name);
        for (size_t k = 0; k < arrlenu(all); k++) {
            const char *role = all[k].module->component->role;
            found |= all[k].module->component == c || !role ||
                     strcmp(role, "libc") != 0;
        }
        if (!found && shgeti(a->pool.late, KEY(name)) < 0)
            return false;
    }
    return c != NULL;
}

static bool may_try_newlib(struct analysis *a)
{
    return !a->options.without[SWITCH_newlib] &&
           covers(a, "libpool/libc/newlib");
}

static void count_functions(const struct analysis *a, size_t *kept,
                            size_t *total)
{
    *kept = *total = 0;
    for (size_t i = 0; i < arrlenu(a->program.modules); i++) {
        const struct module *m = a->program.modules[i];
        for (size_t k = 0; k < arrlenu(m->defs); k++) {
            const struct def *d = m->defs[k];
            if (d->kind != DEF_FUNCTION && d->kind != DEF_NATIVE)
                continue;
            *total += m->picked == a->run.number;
            *kept += reached(a, d);
        }
    }
}

static void write_json(struct analysis *a, size_t components)
{
    size_t kept, total;
    char *text;
    struct buf b = {0};
    json_t *o;

    count_functions(a, &kept, &total);
    o = json_pack(
        "{s:I, s:I, s:I, s:I, s:I, s:b, s:s, s:o, s:o, s:o, s:{s:f, s:f, "
        "s:f, s:f, s:f}}",
        "functions_kept", (json_int_t)kept, "functions_total",
        (json_int_t)total, "components", (json_int_t)components, "facts",
        (json_int_t)arrlen(a->facts.lines), "runs", (json_int_t)a->runs,
        "newlib_covers", may_try_newlib(a), "indirect",
        level_name(a->options.level), "degraded", json_degraded(a), "close",
        json_close(a), "choices", json_choices(a), "seconds", "load",
        a->program.seconds_load, "mem2reg", a->program.seconds_mem2reg, "reach",
        a->seconds_reach, "facts", a->seconds_facts, "all",
        cpu_seconds() + a->seconds_shared);
    ablate_json(a, o);
    targets_json(a, o);
    text =
        json_dumps(o, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(4));
    buf_str(&b, text);
    buf_str(&b, "\n");
    product_write(a, "analyze.json", &b);
    json_decref(o);
    free(text);
}

/* Last of all, analyze.json: where it is, the others are, and whole. */
void products_write(struct analysis *a)
{
    size_t components = write_pick(a);

    write_facts(a);
    write_json(a, components);
}
