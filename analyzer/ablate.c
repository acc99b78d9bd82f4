/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ablate.c: --assume FACT and --without NAME, to measure what each fact, cut
 * and pass is worth.
 *
 * An assumed fact holds from the start; facts only ever keep code, so the image
 * has more in it and does the same. NAME is a switch of common/switch.def, a
 * function that a manifest cuts, or a knob, whose value the image then reads
 * when it runs. `pick` lists both, which is how the linker learns of its own.
 */
#include "analyzer.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What an option or the result says, and no analysis can assume. */
static bool is_given(enum fact f)
{
    return f == FACT_args || f == FACT_root || f == FACT_disk ||
           f == FACT_share || f == FACT_net_address || f == FACT_net_tap ||
           f == FACT_net_pci || f == FACT_degraded;
}

void ablate_assume(struct options *o, const char *name)
{
    int f = fact_find(name, strlen(name));

    if (f < 0)
        die("--assume %s: no such fact; docs/FACTS.md has them", name);
    if (is_given((enum fact)f))
        die("--assume %s: this fact says what the image is given, or lacks",
            name);
    o->assumed[f] = true;
}

/* Marks the cuts of functions of that name, of all with NULL. */
static bool keep_cut(struct pool *p, const char *name)
{
    bool any = false;

    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = p->components[i];
        for (size_t k = 0; k < arrlenu(c->cuts); k++) {
            if (name && strcmp(c->cuts[k].function, name) != 0)
                continue;
            c->cuts[k].off = true;
            any = true;
        }
    }
    return any;
}

static void add_name(char ***names, const char *name)
{
    for (size_t i = 0; i < arrlenu(*names); i++)
        if (!strcmp((*names)[i], name))
            return;
    arrput(*names, KEY(name));
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

static void print_names(const char *head, char **names)
{
    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    if (!arrlenu(names))
        return;
    printf("%s:", head);
    for (size_t i = 0; i < arrlenu(names); i++)
        printf(" %s", names[i]);
    puts("");
    arrfree(names);
}

/* The names that --without takes; those of the pool too, if one is given. */
void ablate_help(const struct pool *p)
{
    char **cuts = NULL, **knobs = NULL;

    puts("--without NAME: it is not so that");
    for (int i = 0; i < SWITCH_COUNT; i++)
        printf("  %-9s %s\n", switch_info[i].name, switch_info[i].what);
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        const struct component *c = p->components[i];
        for (size_t k = 0; k < arrlenu(c->cuts); k++)
            add_name(&cuts, c->cuts[k].function);
        for (size_t k = 0; c->fits && k < arrlenu(c->knobs); k++)
            add_name(&knobs, c->knobs[k].name);
    }
    print_names("or one of these functions is cut", cuts);
    print_names("or one of these knobs is constant", knobs);
}

static bool unknown(const char *name)
{
    error("--without %s: no such switch, cut or knob", name);
    if (fact_find(name, strlen(name)) >= 0)
        note("it is a fact: --assume %s takes it to hold", name);
    note("see unicore-specialize --without help");
    return false;
}

/* Knobs are upper case; the same letters in lower case may be a fact. */
static bool is_knob_name(const char *name)
{
    while (isupper((unsigned char)*name) || isdigit((unsigned char)*name) ||
           *name == '_')
        name++;
    return !*name;
}

static bool switch_off(struct analysis *a, const char *name)
{
    int i = switch_find(name);
    struct knob *k;

    if (i >= 0) {
        a->options.without[i] = true;
        return true;
    }
    if (keep_cut(&a->pool, name))
        return true;
    k = is_knob_name(name) ? pool_knob(&a->pool, name) : NULL;
    if (!k)
        return unknown(name);
    k->open = true;
    return true;
}

bool ablate(struct analysis *a)
{
    bool *without = a->options.without;

    for (size_t i = 0; i < arrlenu(a->options.names_off); i++)
        if (!switch_off(a, a->options.names_off[i]))
            return false;
    if (a->options.assumed[FACT_threads] && !can_have_threads(&a->pool)) {
        error("--assume threads: no component for %s can start a thread",
              a->options.target);
        return false;
    }
    if (without[SWITCH_cuts])
        keep_cut(&a->pool, NULL);
    return true;
}

void ablate_facts(struct analysis *a)
{
    for (int i = 0; i < FACT_COUNT; i++) {
        bool any = !a->options.assumed[i];
        for (size_t k = 0; k < arrlenu(a->facts.lines); k++)
            any |= a->facts.lines[k].fact == (enum fact)i;
        if (!any)
            facts_add(&a->facts, (enum fact)i, NULL, NULL, NULL);
    }
}

/* ---- what was said, and what could be ---- */

/* The names given to --without, each once, sorted. */
static char **names_given(const struct analysis *a)
{
    char **names = NULL;

    for (size_t i = 0; i < arrlenu(a->options.names_off); i++)
        add_name(&names, a->options.names_off[i]);
    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    return names;
}

void ablate_pick(const struct analysis *a, struct buf *b)
{
    char **names = names_given(a);

    for (int i = 0; i < FACT_COUNT; i++)
        if (a->options.assumed[i])
            buf_printf(b, "assume %s\n", fact_info[i].name);
    for (size_t i = 0; i < arrlenu(names); i++)
        buf_printf(b, "without %s\n", names[i]);
    arrfree(names);
}

static bool component_uses(const struct component *c, enum fact f)
{
    bool uses = c->when && expr_uses(c->when, f);

    for (size_t i = 0; i < arrlenu(c->knobs); i++)
        uses |= expr_uses(c->knobs[i].value, f);
    for (size_t i = 0; i < arrlenu(c->cuts); i++)
        uses |= expr_uses(c->cuts[i].unless, f);
    return c->fits && uses;
}

/* Is there something that the fact, which does not hold, would change? */
static bool worth_assuming(struct analysis *a, enum fact f)
{
    bool uses = false;

    if (a->facts.on[f] || is_given(f) ||
        (f == FACT_threads && !can_have_threads(&a->pool)))
        return false;
    for (size_t i = 0; i < arrlenu(a->pool.components); i++)
        uses |= component_uses(a->pool.components[i], f);
    for (size_t i = 0; i < arrlenu(a->pool.implied); i++)
        uses |= expr_uses(a->pool.implied[i]->value, f);
    return uses;
}

/* Does the run's code read the knob? */
static bool is_read(struct analysis *a, const struct knob *k)
{
    char *name = format("CFG_%s", k->name);
    ptrdiff_t i = shgeti(a->program.names, name);

    free(name);
    return i >= 0 && a->program.names[i].value->run == a->run.number;
}

/* Takes the list. */
static json_t *json_names(char **names)
{
    json_t *list = json_array();

    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    for (size_t i = 0; i < arrlenu(names); i++)
        json_array_append_new(list, json_string(names[i]));
    arrfree(names);
    return list;
}

static json_t *cuts_made(const struct analysis *a)
{
    char **names = NULL;

    for (size_t i = 0; i < arrlenu(a->run.cut); i++)
        add_name(&names, symbol_plain(a->run.cut[i]));
    return json_names(names);
}

static json_t *knobs_read(struct analysis *a)
{
    const struct knob **knobs = knobs_sorted(a);
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(knobs); i++)
        if (is_read(a, knobs[i]))
            json_array_append_new(list, json_string(knobs[i]->name));
    arrfree(knobs);
    return list;
}

/*
 * `assumed`, `without`: how this was made. `switches`: which facts, cuts and
 * knobs have something to change in this program, for unicore-eval.
 */
void ablate_json(struct analysis *a, json_t *o)
{
    json_t *assumed = json_array(), *facts = json_array();
    json_t *switches = json_object();

    for (int i = 0; i < FACT_COUNT; i++) {
        if (a->options.assumed[i])
            json_array_append_new(assumed, json_string(fact_info[i].name));
        if (worth_assuming(a, (enum fact)i))
            json_array_append_new(facts, json_string(fact_info[i].name));
    }
    json_object_set_new(switches, "facts", facts);
    json_object_set_new(switches, "cuts", cuts_made(a));
    json_object_set_new(switches, "knobs", knobs_read(a));
    json_object_set_new(o, "assumed", assumed);
    json_object_set_new(o, "without", json_names(names_given(a)));
    json_object_set_new(o, "switches", switches);
}
