/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_sample.c: samples as jobs, and what they found.
 *
 * Each is made in a child (eval_work.c); what it found is in its folder's
 * sample.json, under a key of all that it depends on, and is not sought again
 * while the key holds: so an experiment that was killed goes on.
 *
 * A child leads a process group of its own, which ends with the parent.
 */
#define _GNU_SOURCE
#include "batch.h"
#include "eval.h"
#include "jobs.h"

#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

const struct metric_info metric_info[METRIC_COUNT] = {
#define METRIC(name, head, decimals, how, place)                               \
    {#name, head, place, HOW_##how, decimals},
#include "eval_metric.def"
#undef METRIC
};

bool metric_is_noisy(enum metric m)
{
    return metric_info[m].how == HOW_TIME || metric_info[m].how == HOW_CLOCK;
}

/* A folder's name: what is not safe there becomes `-`. */
static char *folder_of(const char *label)
{
    char *name = xstrdup(label);

    for (char *p = name; *p; p++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789_.",
                    *p))
            *p = '-';
    return name;
}

struct sample *sample_add(struct sample **all, const struct subject *s,
                          const char *out, const struct variant *v)
{
    static const struct variant baseline = {.label = KEY("baseline")};
    struct sample x = {.subject = s, .variant = v ? *v : baseline};
    char *folder;

    x.label = x.variant.label;
    folder = folder_of(x.label);
    x.out = path_join(out, folder);
    free(folder);
    for (int i = 0; i < METRIC_COUNT; i++)
        figure_settle(&x.figures[i]);
    arrput(*all, x);
    return &(*all)[arrlenu(*all) - 1];
}

const struct sample *sample_baseline(struct sample *all, const struct sample *s)
{
    for (size_t i = 0; i < arrlenu(all); i++)
        if (all[i].subject == s->subject && !strcmp(all[i].label, "baseline"))
            return &all[i];
    return NULL;
}

bool sample_is_smaller(struct sample *all, const struct sample *s)
{
    const struct sample *b = sample_baseline(all, s);

    return b && !b->why && !s->why &&
           s->figures[METRIC_bytes].value < b->figures[METRIC_bytes].value;
}

/* ---- keys ---- */

static char *key_of(const struct plan *p, const struct sample *s,
                    const char *tools)
{
    static const char *const scripts[] = {"measure", "against", "requests",
                                          NULL};
    struct batch_job j = {.app = s->subject->app, .target = s->subject->target};
    struct hash *h = hash_new();
    char *program;

    j.name = KEY(s->label);
    program = batch_key(&j, tools);
    hash_str(h, program);
    for (size_t i = 0; i < arrlenu(s->variant.options); i++)
        hash_str(h, s->variant.options[i]);
    hash_str(h, s->variant.against ? s->variant.against : "");
    hash_add(h, p->metrics, sizeof p->metrics);
    hash_add(h, &p->repeats, sizeof p->repeats);
    hash_scripts(h, scripts);
    free(program);
    return hash_end(h);
}

/* ---- the jobs ---- */

struct batch {
    struct sample *all;
    size_t first;
    const struct plan *plan;
    const struct eval_options *options;
    const char **keys; /* of all from first on */
};

/* The parent is gone: so is all that this job has begun. */
static void end_group(int sig)
{
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGTERM);
    (void)sig;
    poll(NULL, 0, 1000);
    kill(0, SIGKILL);
}

void job_lead(void)
{
    pid_t parent = getppid();

    setpgid(0, 0);
    signal(SIGTERM, end_group);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        end_group(SIGTERM);
}

static void write_found(const struct sample *s, json_t *o)
{
    char *path = path_join(s->out, "sample.json");
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_SORT_KEYS |
                                   JSON_REAL_PRECISION(12));

    file_write(path, text, strlen(text));
    free(text);
    free(path);
}

static bool holds(const struct batch *b, const struct sample *s, size_t i)
{
    json_t *o = found_load(path_join(s->out, "sample.json"));
    const char *key = found_text(o, "key"), *native = found_text(o, "native");
    bool yes = key && !strcmp(key, b->keys[i]) && !b->options->keep &&
               (!native || file_exists(native));

    json_decref(o);
    return yes;
}

static bool run_one(const void *data, size_t i)
{
    const struct batch *b = data;
    const struct sample *s = &b->all[b->first + i];
    const struct sample *base = sample_baseline(b->all, s);
    char *products = path_join(s->out, s->subject->app);
    json_t *baseline = NULL, *o;

    job_lead();
    progress("%zu of %zu: %s %s: %s", i + 1, arrlenu(b->all) - b->first,
             s->subject->app, s->subject->target->name, s->label);
    if (holds(b, s, i))
        return true;
    if (base && base != s)
        baseline = found_load(path_join(base->out, "sample.json"));
    o = sample_work(b->plan, s, baseline);
    if (!b->options->keep)
        remove_tree(products);
    json_object_set_new(o, "key", json_string(b->keys[i]));
    write_found(s, o);
    json_decref(o);
    return true;
}

/* ---- what the children found ---- */

static void read_figures(struct sample *s, const struct plan *p)
{
    json_t *values = json_object_get(s->found, "values"), *n;

    for (int m = 0; m < METRIC_COUNT; m++) {
        struct figure *f = &s->figures[m];
        size_t i;
        if (!p->metrics[m])
            continue;
        json_array_foreach(json_object_get(values, metric_info[m].name), i, n)
            arrput(f->all, json_number_value(n));
        figure_settle(f);
    }
}

static void collect(struct sample *all, struct sample *s, const struct plan *p)
{
    const struct sample *base = sample_baseline(all, s);

    s->found = found_load(path_join(s->out, "sample.json"));
    if (!s->found)
        die_ours("%s: no sample.json", s->out);
    s->why = found_text(s->found, "why");
    s->none = json_is_true(json_object_get(s->found, "none"));
    s->same = json_is_true(json_object_get(s->found, "same"));
    s->runs_equal = json_is_true(json_object_get(s->found, "equal"));
    read_figures(s, p);
    if (!s->same)
        return;
    s->runs_equal = base->runs_equal;
    for (int m = 0; m < METRIC_COUNT; m++)
        if (metric_info[m].how == HOW_MEASURE)
            s->figures[m] = base->figures[m];
}

void samples_run(struct sample *all, size_t first, const struct plan *p,
                 const struct eval_options *o)
{
    struct batch b = {all, first, p, o, NULL};
    size_t n = arrlenu(all) - first;
    char *tools = NULL;

    for (size_t i = 0; i < n; i++) {
        const struct target *t = all[first + i].subject->target;
        if (i == 0 || t != all[first + i - 1].subject->target) {
            free(tools);
            tools = batch_tools_key(t->arch);
        }
        arrput(b.keys, key_of(p, &all[first + i], tools));
    }
    if (jobs_run(o->jobs, n, run_one, NULL, &b))
        die_ours("a sample failed in a way of its own");
    for (size_t i = 0; i < n; i++)
        collect(all, &all[first + i], p);
    free(tools);
}
