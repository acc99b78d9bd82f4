/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * saving.c: what would be saved without something.
 *
 * Facts and references are settled anew without it, under the same choice of
 * components, and what is then no longer reached is counted: by the image.map
 * of a finished link (--map) to the byte, else by the estimates. Inlined code
 * is estimated apart. Of late.a only names are told: what its members want of
 * each other is the link's business.
 */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

/* ---- image.map ---- */

static char *take_word(char **p)
{
    char *s = *p, *end = s + strcspn(s, " ");

    *p = *end ? end + 1 : end;
    *end = 0;
    return s;
}

static void add_size(struct sizes_entry **map, char *key, bool zero,
                     unsigned long bytes)
{
    struct sizes s = shget(*map, key);

    *(zero ? &s.memory : &s.file) += bytes;
    shput(*map, key, s);
}

/* `at OFFSET SIZE SECTION COMPONENT SYMBOL`, or zero. */
static void read_piece(struct analysis *a, char *line, bool zero)
{
    struct map_piece p = {.zero = zero};
    char *key;

    take_word(&line);
    take_word(&line);
    p.bytes = strtoul(take_word(&line), NULL, 10);
    p.section = take_word(&line);
    p.component = take_word(&line);
    p.symbol = line;
    arrput(a->image->pieces, p);
    add_size(&a->image->sizes, p.symbol, zero, p.bytes);
    key = format("%s %s", p.component, p.symbol);
    add_size(&a->image->sizes, key, zero, p.bytes);
    free(key);
}

void map_read(struct analysis *a)
{
    char *text, *line;

    if (!a->options.map)
        return;
    a->image = xcalloc(1, sizeof *a->image);
    sh_new_strdup(a->image->sizes);
    text = file_read(a->options.map, NULL);
    if (!text)
        die("%s: %s", a->options.map, file_why(a->options.map));
    while ((line = strsep(&text, "\n"))) {
        if (has_prefix(line, "bytes "))
            a->image->bytes = strtoul(line + strlen("bytes "), NULL, 10);
        if (has_prefix(line, "at ") || has_prefix(line, "zero "))
            read_piece(a, line, *line == 'z');
    }
}

char *map_component(const struct def *d)
{
    return is_app(d) ? KEY("app") : d->module->pool->component->path;
}

/* A native object is one piece, whatever it defines. */
static bool is_object(const struct def *d)
{
    return !d->module->ir;
}

bool is_zero(const struct def *d)
{
    LLVMValueRef init = d->kind == DEF_DATA ? LLVMGetInitializer(d->ir) : NULL;

    return init && LLVMIsNull(init);
}

struct sizes sizes_of(const struct analysis *a, const struct def *d)
{
    struct sizes s = {0};
    char *key;

    if (!a->image) {
        *(is_zero(d) ? &s.memory : &s.file) = d->bytes;
        return s;
    }
    if (!is_object(d))
        return shget(a->image->sizes, d->symbol->name);
    key = format("%s %s", map_component(d), path_base(d->module->path));
    s = shget(a->image->sizes, key);
    free(key);
    return s;
}

/* ---- without it ---- */

static struct def **copy_reached(const struct analysis *a)
{
    struct def **list = NULL;

    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        arrput(list, a->run.reached[i]);
    return list;
}

/* Facts that held only while roles were empty are not to be laid to it. */
static void remember(struct analysis *a)
{
    struct def **all = copy_reached(a);

    pick_settle(a);
    for (size_t i = 0; i < arrlenu(all); i++)
        if (reached(a, all[i]))
            arrput(a->base, all[i]);
    for (size_t i = 0; i < arrlenu(a->run.late); i++)
        arrput(a->base_late, a->run.late[i]);
    arrfree(all);
}

static bool has_reached(const struct analysis *a, const struct module *m)
{
    for (size_t i = 0; i < arrlenu(m->defs); i++)
        if (reached(a, m->defs[i]))
            return true;
    return false;
}

static void count(struct analysis *a, struct saving *s)
{
    const struct module **objects = NULL;

    for (size_t i = 0; i < arrlenu(a->base); i++) {
        struct def *d = a->base[i];
        struct sizes bytes = sizes_of(a, d);
        bool whole = is_object(d) && a->image, counted = false;

        if (reached(a, d))
            continue;
        arrput(s->gone, d);
        for (size_t k = 0; whole && k < arrlenu(objects); k++)
            counted |= objects[k] == d->module;
        if (whole && (counted || has_reached(a, d->module)))
            continue;
        if (whole)
            arrput(objects, d->module);
        if (a->image && d->kind == DEF_FUNCTION && !bytes.file)
            s->inlined += d->bytes;
        s->bytes.file += bytes.file;
        s->bytes.memory += bytes.memory;
    }
    for (size_t i = 0; i < arrlenu(a->base_late); i++) {
        struct symbol *late = a->base_late[i];
        if (late->run != a->run.number || !late->is_late)
            arrput(s->late, late->name);
    }
    arrfree(objects);
}

struct saving saving_without(struct analysis *a, struct question w,
                             struct def **banned)
{
    struct facts facts = a->facts;
    struct saving s = {0};

    a->facts = (struct facts){0};
    if (!a->base)
        remember(a);
    a->question = w;
    for (size_t i = 0; i < arrlenu(banned); i++)
        banned[i]->banned = true;
    pick_settle(a);
    count(a, &s);
    for (size_t i = 0; i < arrlenu(banned); i++)
        banned[i]->banned = false;
    a->question = (struct question){0};
    facts_free(&a->facts);
    a->facts = facts;
    reach_run(a, &a->facts); /* as it was */
    return s;
}

/* ---- facts and knobs without which something is not reached ---- */

static bool matters(const struct analysis *a, int fact)
{
    for (size_t i = 0; i < arrlenu(a->pool.implied); i++)
        if (expr_uses(a->pool.implied[i]->value, (enum fact)fact))
            return true;
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        for (size_t k = 0; k < arrlenu(c->knobs); k++)
            if (expr_uses(c->knobs[k].value, (enum fact)fact))
                return true;
        for (size_t k = 0; k < arrlenu(c->cuts); k++)
            if (expr_uses(c->cuts[k].unless, (enum fact)fact))
                return true;
    }
    return false;
}

/* Would d be reached under other facts? */
static bool survives(struct analysis *a, struct facts *f, const struct def *d)
{
    reach_run(a, f);
    return reached(a, d);
}

char **saving_conditions(struct analysis *a, const struct def *d)
{
    const struct knob **knobs = knobs_sorted(a);
    struct facts f = {0};
    char **list = NULL;

    for (int i = 0; i < FACT_COUNT; i++) {
        f = (struct facts){0};
        memcpy(f.on, a->facts.on, sizeof f.on);
        f.on[i] = false;
        if (a->facts.on[i] && matters(a, i) && !survives(a, &f, d))
            arrput(list, format("unless %s holds", fact_info[i].name));
    }
    for (size_t i = 0; i < arrlenu(knobs); i++) {
        const struct knob *k = knobs[i];
        a->question.knob = k;
        if (expr_value(k->value, &a->facts) &&
            fact_find(expr_text(k->value), strlen(expr_text(k->value))) < 0 &&
            !survives(a, &a->facts, d))
            arrput(list, format("if the knob %s is 0", k->name));
    }
    a->question.knob = NULL;
    arrfree(knobs);
    reach_run(a, &a->facts);
    return list;
}

/* ---- --trace=goes ---- */

void saving_trace(struct analysis *a)
{
    graph_solve(a);
    struct def **all = copy_reached(a);
    size_t n = arrlenu(all);
    unsigned *by_graph = xcalloc(n + 1, sizeof *by_graph);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < arrlenu(all[i]->goes_with); k++)
            by_graph[all[i]->goes_with[k]]++;
    for (size_t i = 0; i < n; i++) {
        unsigned by_run = 0, missed = 0;
        if (all[i]->kind == DEF_DATA)
            continue;
        all[i]->banned = true;
        reach_run(a, &a->facts);
        all[i]->banned = false;
        for (size_t k = 0; k < n; k++)
            by_run += k != i && !reached(a, all[k]);
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < arrlenu(all[k]->goes_with); j++)
                missed += all[k]->goes_with[j] == (int)i && reached(a, all[k]);
        fprintf(stderr, "goes: %s %u %u%s\n", all[i]->symbol->name, by_graph[i],
                by_run, missed ? " WRONG" : "");
    }
    free(by_graph);
    arrfree(all);
}
