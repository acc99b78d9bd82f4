/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_plan.c: the file of an experiment (eval/README.md has the format):
 *
 *     title    What do the cuts save?
 *     app      hello-int lua
 *     target   kvm-x86_64
 *     variant  --without cuts
 *     against  musl linux
 *     metric   bytes to_output link_seconds
 *     repeat   5
 *
 * All that is wrong in it is said, with its line, before anything is made.
 */
#include "eval.h"

#include "switch.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_REPEATS = 1000
};

/* The place that messages are about. */
struct place {
    const char *path;
    int line;
    bool bad;
};

static void PRINTF(2, 3) wrong(struct place *at, const char *fmt, ...)
{
    char text[512];
    va_list list;

    va_start(list, fmt);
    vsnprintf(text, sizeof text, fmt, list);
    va_end(list);
    error("%s:%d: %s", at->path, at->line, text);
    at->bad = true;
}

static bool known(struct place *at, enum name_kind k, const char *what,
                  const char *name)
{
    const char *nearest;

    if (name_known(k, name, &nearest))
        return true;
    wrong(at, "`%s' is no %s; the nearest is `%s'", name, what,
          nearest ? nearest : "");
    return false;
}

/* ---- variants ---- */

void variant_add(struct variant *v, const char *option, const char *value)
{
    char *old = v->label;

    v->label = old ? format("%s, %s %s", old, option, value)
                   : format("%s %s", option, value);
    free(old);
    arrput(v->options, format("--%s", option));
    arrput(v->options, xstrdup(value));
}

static void without_all(struct variant *v)
{
    free(v->label);
    v->label = NULL;
    for (int i = 0; i < SWITCH_COUNT; i++) {
        if (i == SWITCH_roles) /* other components are another system */
            continue;
        arrput(v->options, "--without");
        arrput(v->options, switch_info[i].name);
    }
    v->label = xstrdup("without all");
}

static void add_variant_option(struct place *at, struct variant *v,
                               const char *option, const char *value)
{
    if (!value)
        wrong(at, "`%s' without a value", option);
    else if (!strcmp(option, "--without") && !strcmp(value, "all"))
        without_all(v);
    else if (!strcmp(option, "--without")) {
        if (known(at, NAME_WITHOUT, "switch, cut or knob", value))
            variant_add(v, option + 2, value);
    } else if (!strcmp(option, "--assume")) {
        if (known(at, NAME_FACT, "fact", value))
            variant_add(v, option + 2, value);
    } else if (!strcmp(option, "--libc") || !strcmp(option, "--choose"))
        variant_add(v, option + 2, value);
    else
        wrong(at,
              "`%s' found, expected --without, --assume, --libc or --choose",
              option);
}

static void put_variant(struct place *at, struct plan *p, struct variant v)
{
    for (size_t i = 0; i < arrlenu(p->variants); i++)
        if (v.label && !strcmp(p->variants[i].label, v.label)) {
            wrong(at, "the variant `%s' is there twice", v.label);
            return;
        }
    if (v.label)
        arrput(p->variants, v);
}

/* ---- lines ---- */

static void read_target(struct place *at, struct plan *p, const char *word)
{
    struct target *found;

    if (strcmp(word, "all") != 0 && !known(at, NAME_TARGET, "target", word))
        return;
    found = targets_parse(word);
    for (size_t i = 0; i < arrlenu(found); i++)
        arrput(p->targets, found[i]);
}

static void read_app(struct place *at, struct plan *p, const char *word)
{
    char **all;

    if (strcmp(word, "all") != 0) {
        if (known(at, NAME_APP, "program of the corpus", word))
            arrput(p->apps, word);
        return;
    }
    all = names_of_kind(NAME_APP);
    for (size_t i = 0; i < arrlenu(all); i++)
        arrput(p->apps, all[i]);
}

static void read_metric(struct place *at, struct plan *p, const char *word)
{
    bool parts = !strcmp(word, "parts");

    if (!parts && !known(at, NAME_METRIC, "metric", word))
        return;
    for (int m = 0; m < METRIC_COUNT; m++)
        if (parts ? metric_info[m].how == HOW_PART
                  : !strcmp(metric_info[m].name, word))
            p->metrics[m] = true;
}

static void read_repeat(struct place *at, struct plan *p, const char *word)
{
    char *end;
    long n = strtol(word, &end, 10);

    if (*end || n < 1 || n > MOST_REPEATS)
        wrong(at, "repeat: `%s' found, expected a number from 1 to %d", word,
              MOST_REPEATS);
    else
        p->repeats = (int)n;
}

static void read_against(struct place *at, struct plan *p, const char *word)
{
    struct variant v = {.against = word, .label = format("against %s", word)};

    if (known(at, NAME_AGAINST, "kind of eval/against", word))
        put_variant(at, p, v);
}

static void read_each(struct place *at, struct plan *p, const char *word)
{
    (void)at;
    arrput(p->each_only, word);
}

/* Lines of words that are all of one kind. */
static const struct {
    const char *key;
    void (*read)(struct place *, struct plan *, const char *word);
    bool may_be_empty;
} word_lines[] = {
    {"app", read_app, false},         {"target", read_target, false},
    {"metric", read_metric, false},   {"repeat", read_repeat, false},
    {"against", read_against, false}, {"each", read_each, true},
};

static const char **words_of(const char *value)
{
    char *copy = xstrdup(value), *save = NULL;
    const char **words = NULL;

    for (char *p = strtok_r(copy, " \t,", &save); p;
         p = strtok_r(NULL, " \t,", &save))
        arrput(words, p);
    return words;
}

static void read_variant(struct place *at, struct plan *p, const char **words)
{
    struct variant v = {0};
    bool was_bad = at->bad;

    at->bad = false;
    if (!arrlenu(words))
        wrong(at, "variant: nothing found, expected options");
    for (size_t i = 0; i < arrlenu(words); i += 2)
        add_variant_option(at, &v, words[i],
                           i + 1 < arrlenu(words) ? words[i + 1] : NULL);
    if (!at->bad)
        put_variant(at, p, v);
    at->bad |= was_bad;
}

static void read_line(struct place *at, struct plan *p, const struct entry *e)
{
    const char **words = words_of(e->value);

    at->line = e->line;
    if (!strcmp(e->key, "title")) {
        p->title = xstrdup(e->value);
        return;
    }
    if (!strcmp(e->key, "variant")) {
        read_variant(at, p, words);
        return;
    }
    p->each |= !strcmp(e->key, "each");
    for (size_t i = 0; i < sizeof word_lines / sizeof *word_lines; i++) {
        if (strcmp(word_lines[i].key, e->key) != 0)
            continue;
        if (!arrlenu(words) && !word_lines[i].may_be_empty)
            wrong(at, "%s: nothing found, expected names", e->key);
        for (size_t k = 0; k < arrlenu(words); k++)
            word_lines[i].read(at, p, words[k]);
        return;
    }
    wrong(at,
          "`%s' found, expected title, app, target, variant, against, each, "
          "metric or repeat",
          e->key);
}

/* ---- plans ---- */

static void default_metrics(struct plan *p)
{
    static const enum metric some[] = {
        METRIC_bytes,       METRIC_kept,      METRIC_linked,
        METRIC_components,  METRIC_to_output, METRIC_to_exit,
        METRIC_sites,       METRIC_targets,   METRIC_analysis_seconds,
        METRIC_link_seconds};

    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        p->metrics[some[i]] = true;
}

void plan_read(struct plan *p, const char *path)
{
    struct place at = {.path = path, .line = 1};
    struct manifest m = {0};
    char *base = xstrdup(path_base(path));
    bool any = false;

    if (!manifest_read(&m, path))
        exit(1);
    base[strcspn(base, ".")] = 0;
    *p = (struct plan){.path = path, .name = base, .repeats = 1};
    for (size_t i = 0; i < arrlenu(m.entries); i++)
        read_line(&at, p, &m.entries[i]);
    if (at.bad)
        exit(1);
    if (!arrlenu(p->apps))
        die("%s: no `app' line: which programs?", path);
    if (!arrlenu(p->targets))
        p->targets = targets_parse("kvm-x86_64");
    for (int i = 0; i < METRIC_COUNT; i++)
        any |= p->metrics[i];
    if (!any)
        default_metrics(p);
    p->metrics[METRIC_bytes] = true; /* what all rows are compared by */
    manifest_free(&m);
}

void plan_ablate(struct plan *p, const struct eval_options *o)
{
    *p = (struct plan){.name = "ablate",
                       .title = "What is each fact, cut, knob and pass worth?",
                       .apps = o->apps,
                       .targets = o->targets,
                       .each = true,
                       .each_only = o->only,
                       .repeats = 1};
    default_metrics(p);
}
