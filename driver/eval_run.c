/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_run.c: carries a plan out. First each program as it is, the baseline;
 * its report names the facts that do not hold, the cuts that were made and the
 * knobs that were read, so `each` only switches off what can change something.
 * Then the variants.
 */
#include "eval.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "switch.h"

static bool wanted(const struct plan *p, const char *label)
{
    for (size_t i = 0; i < arrlenu(p->each_only); i++)
        if (strstr(label, p->each_only[i]))
            return true;
    return !p->each_only;
}

/* The variant of one switch, unless it has a line of its own. */
static void add(const struct plan *p, struct sample **all,
                const struct subject *s, const char *out, const char *option,
                const char *name)
{
    struct variant v = {0};

    variant_add(&v, option, name);
    for (size_t i = 0; i < arrlenu(p->variants); i++)
        if (!strcmp(p->variants[i].label, v.label))
            return;
    if (wanted(p, v.label))
        sample_add(all, s, out, &v);
}

static void add_list(const struct plan *p, struct sample **all,
                     const struct subject *s, const char *out,
                     const char *option, json_t *names)
{
    json_t *name;
    size_t i;

    json_array_foreach(names, i, name)
        add(p, all, s, out, option, json_string_value(name));
}

/* The baseline knows what there is to switch off. */
static void add_switches(const struct plan *p, struct sample **all,
                         const struct sample *base, const char *out)
{
    const struct subject *s = base->subject;
    json_t *list = json_object_get(base->found, "switches");

    if (!list)
        die_ours("%s: no list of switches", base->out);
    for (int i = 0; i < SWITCH_COUNT; i++)
        add(p, all, s, out, "without", switch_info[i].name);
    add_list(p, all, s, out, "without", json_object_get(list, "cuts"));
    add_list(p, all, s, out, "without", json_object_get(list, "knobs"));
    add_list(p, all, s, out, "assume", json_object_get(list, "facts"));
}

static struct subject *subjects(const struct plan *p)
{
    struct subject *all = NULL;

    for (size_t i = 0; i < arrlenu(p->apps); i++)
        for (size_t k = 0; k < arrlenu(p->targets); k++) {
            struct subject s = {p->apps[i], &p->targets[k]};
            arrput(all, s);
        }
    return all;
}

/* By program and target, the baseline first. */
static struct sample *grouped(struct sample *all, struct subject *subject)
{
    struct sample *sorted = NULL;

    for (size_t k = 0; k < arrlenu(subject); k++)
        for (size_t i = 0; i < arrlenu(all); i++)
            if (all[i].subject == &subject[k])
                arrput(sorted, all[i]);
    return sorted;
}

static bool all_equal(struct sample *all)
{
    bool ok = true;

    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        if (s->none || (s->runs_equal && !s->why))
            continue;
        error("%s %s: %s: %s", s->subject->app, s->subject->target->name,
              s->label, s->why ? s->why : "does not run as on Linux");
        ok = false;
    }
    return ok;
}

/* First each program as it is, then the variants of those that are made. */
static struct sample *make(const struct plan *p, const struct eval_options *o,
                           struct subject *subject)
{
    struct sample *all = NULL;
    size_t n = arrlenu(subject);
    char **outs = NULL;

    for (size_t i = 0; i < n; i++) {
        arrput(outs, format("%s/%s/%s-%s", o->out, p->name, subject[i].app,
                            subject[i].target->name));
        sample_add(&all, &subject[i], outs[i], NULL);
    }
    samples_run(all, 0, p, o);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < arrlenu(p->variants) && !all[i].why; k++)
            sample_add(&all, &subject[i], outs[i], &p->variants[k]);
        if (p->each && !all[i].why) {
            struct sample base = all[i]; /* `all` may move */
            add_switches(p, &all, &base, outs[i]);
        }
    }
    samples_run(all, n, p, o);
    progress_end();
    return grouped(all, subject);
}

static bool run_plan(const struct plan *p, const struct eval_options *o)
{
    struct subject *subject = subjects(p);
    json_t *origin = origin_json(p->targets); /* before, not after */
    struct sample *all = make(p, o, subject);
    json_t *json = samples_json(all, p, origin);
    bool ok = all_equal(all);

    if (p->title)
        printf("%s\n\n", p->title);
    print_text(all, p);
    if (arrlenu(subject) > 1)
        print_summary(all, subject, arrlenu(subject));
    if (o->csv)
        print_csv(all, p, o->csv);
    if (o->json)
        json_write(json, o->json);
    if (o->compare && !compare(json, o->compare))
        ok = false;
    json_decref(json);
    json_decref(origin);
    return ok;
}

bool ablate(const struct eval_options *o)
{
    struct plan p;

    plan_ablate(&p, o);
    return run_plan(&p, o);
}

bool experiment(const struct eval_options *o)
{
    struct plan p;

    plan_read(&p, o->file);
    return run_plan(&p, o);
}
