/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_ablate.c: the experiment of --ablate. First each program as it is; its
 * report names the facts that do not hold, the cuts that were made and the
 * knobs that were read, so only what can change something is switched off.
 * Then one image for each of these, and for each switch of common/switch.def.
 */
#include "eval.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "switch.h"

static bool wanted(const struct eval_options *o, const char *label)
{
    for (size_t i = 0; i < arrlenu(o->only); i++)
        if (strstr(label, o->only[i]))
            return true;
    return !o->only;
}

static void add(const struct eval_options *o, struct sample **all,
                const struct subject *s, const char *out, const char *option,
                const char *name)
{
    char *label = format("%s %s", option, name);

    if (wanted(o, label))
        sample_add(all, s, out, option, xstrdup(name));
    free(label);
}

static void add_list(const struct eval_options *o, struct sample **all,
                     const struct subject *s, const char *out,
                     const char *option, json_t *names)
{
    json_t *name;
    size_t i;

    json_array_foreach(names, i, name)
        add(o, all, s, out, option, json_string_value(name));
}

/* The baseline's report knows what there is to switch off. */
static void add_switches(const struct eval_options *o, struct sample **all,
                         const struct subject *s, const char *out,
                         const char *dir)
{
    char *path = path_join(dir, "report.json");
    json_t *report = json_load_file(path, 0, NULL);
    json_t *list =
        json_object_get(json_object_get(report, "analysis"), "switches");

    if (!list)
        die_ours("%s: no list of switches", path);
    for (int i = 0; i < SWITCH_COUNT; i++)
        add(o, all, s, out, "without", switch_info[i].name);
    add_list(o, all, s, out, "without", json_object_get(list, "cuts"));
    add_list(o, all, s, out, "without", json_object_get(list, "knobs"));
    add_list(o, all, s, out, "assume", json_object_get(list, "facts"));
    json_decref(report);
    free(path);
}

static struct subject *subjects(const struct eval_options *o)
{
    struct subject *all = NULL;

    for (size_t i = 0; i < arrlenu(o->apps); i++)
        for (size_t k = 0; k < arrlenu(o->targets); k++) {
            struct subject s = {o->apps[i], &o->targets[k]};
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
        if (s->runs_equal)
            continue;
        error("%s %s: %s: %s", s->subject->app, s->subject->target->name,
              s->label, s->why ? s->why : "does not run as on Linux");
        ok = false;
    }
    return ok;
}

bool ablate(const struct eval_options *o)
{
    struct subject *subject = subjects(o);
    struct sample *all = NULL;
    size_t n = arrlenu(subject);
    char **outs = NULL;

    for (size_t i = 0; i < n; i++) {
        arrput(outs, format("%s/%s-%s", o->out, subject[i].app,
                            subject[i].target->name));
        sample_add(&all, &subject[i], outs[i], NULL, NULL);
    }
    samples_run(all, 0, o->jobs);
    for (size_t i = 0; i < n; i++) {
        char *dir = all[i].why ? NULL : sample_dir(&all[i]);
        if (dir)
            add_switches(o, &all, &subject[i], outs[i], dir);
        free(dir);
    }
    samples_run(all, n, o->jobs);
    progress_end();
    all = grouped(all, subject);
    print_text(all);
    if (n > 1)
        print_summary(all, subject, n);
    if (o->csv)
        print_csv(all, o->csv);
    if (o->json)
        print_json(all, o->json);
    for (size_t i = 0; !o->keep && i < n; i++)
        remove_tree(outs[i]);
    return all_equal(all);
}
