/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_sample.c: makes the image of a sample and measures it.
 *
 * corpus/run makes and checks it, eval/measure counts its instructions: the
 * ways in which all other figures are measured. Each sample is a job, in a
 * child; what it found is in its folder's sample.json.
 */
#include "corpus.h"
#include "eval.h"
#include "jobs.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct metric_info metric_info[METRIC_COUNT] = {
#define METRIC(name, head, decimals, path) {#name, head, path, decimals},
#include "eval_metric.def"
#undef METRIC
};

struct sample *sample_add(struct sample **all, const struct subject *s,
                          const char *out, const char *option, const char *name)
{
    struct sample x = {.subject = s};

    if (option) {
        x.label = format("%s %s", option, name);
        arrput(x.options, format("--%s", option));
        arrput(x.options, name);
        x.out = format("%s/%s-%s", out, option, name);
    } else {
        x.label = xstrdup("baseline");
        x.out = format("%s/baseline", out);
    }
    for (int i = 0; i < METRIC_COUNT; i++)
        x.values[i] = NAN;
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
           s->values[METRIC_bytes] < b->values[METRIC_bytes];
}

char *sample_dir(const struct sample *s)
{
    return corpus_products(s->out, s->subject->app, s->subject->target->name);
}

/* ---- one sample, in a child ---- */

/* corpus/run PART APP TARGET OUT OPTION...; what it says goes to log. */
static int corpus_run(const struct sample *s, const char *part, const char *log)
{
    char *script = path_join(source_root(), "corpus/run");
    char *build = format("UNICORE_BUILD=%s", path_dir(bin_dir()));
    const char *env[] = {build, NULL};
    struct run how = {.out = log, .env = env};
    const char **argv = NULL;
    int status;

    arrput(argv, script);
    arrput(argv, part);
    arrput(argv, s->subject->app);
    arrput(argv, s->subject->target->name);
    arrput(argv, s->out);
    for (size_t i = 0; i < arrlenu(s->options); i++)
        arrput(argv, s->options[i]);
    arrput(argv, NULL);
    status = run(argv, &how);
    arrfree(argv);
    free(build);
    free(script);
    return status;
}

/* The first line of a log, which says most. */
static char *first_line(const char *log, const char *nothing)
{
    char *text = file_read(log, NULL);

    if (!text || !*text)
        return xstrdup(nothing);
    text[strcspn(text, "\n")] = 0;
    return text;
}

static bool same_file(const char *x, const char *y)
{
    size_t n, m;
    char *p = file_read(x, &n), *q = file_read(y, &m);
    bool same = p && q && n == m && !memcmp(p, q, n);

    free(p);
    free(q);
    return same;
}

static bool same_image(const struct sample *x, const struct sample *y)
{
    char *dir = sample_dir(x), *other = y ? sample_dir(y) : NULL;
    bool same = false;

    if (dir && other)
        same = same_file(path_join(dir, "image"), path_join(other, "image"));
    free(dir);
    free(other);
    return same;
}

/* Instructions, from a run that may have a time of its own to come to. */
static bool counts(const struct sample *s, double *output, double *end)
{
    char *script = path_join(source_root(), "eval/measure");
    char *build = format("UNICORE_BUILD=%s", path_dir(bin_dir()));
    const char *env[] = {build, NULL};
    const char *argv[] = {script,   s->subject->app, s->subject->target->name,
                          "counts", s->out,          NULL};
    struct run how = {.env = env};
    struct buf b = {0};
    bool ok = run_capture(argv, &how, &b) == 0 && b.n &&
              sscanf(b.p, "%lf %lf", output, end) == 2;

    buf_free(&b);
    free(script);
    return ok;
}

static json_t *work(const struct sample *s, const struct sample *base)
{
    char *log = path_join(s->out, "log");
    double output, end;
    json_t *o = json_object();
    bool equal;

    make_dirs(s->out);
    if (corpus_run(s, "--build", log) != 0) {
        json_object_set_new(o, "why", json_string(first_line(log, "not made")));
        return o;
    }
    if (base && base != s && same_image(s, base)) {
        json_object_set_new(o, "same", json_true());
        return o;
    }
    equal = corpus_run(s, "--check", log) == 0;
    json_object_set_new(o, "equal", json_boolean(equal));
    if (!equal)
        json_object_set_new(o, "why",
                            json_string(first_line(log, "does not run")));
    if (counts(s, &output, &end)) {
        json_object_set_new(o, "to_output", json_real(output));
        json_object_set_new(o, "to_exit", json_real(end));
    }
    return o;
}

struct batch {
    struct sample *all;
    size_t first;
};

static bool run_one(const void *data, size_t i)
{
    const struct batch *b = data;
    const struct sample *s = &b->all[b->first + i];
    char *path = path_join(s->out, "sample.json"), *text;
    json_t *o;

    progress("%zu of %zu: %s %s: %s", i + 1, arrlenu(b->all) - b->first,
             s->subject->app, s->subject->target->name, s->label);
    o = work(s, sample_baseline(b->all, s));
    text = json_dumps(o, 0);
    file_write(path, text, strlen(text));
    json_decref(o);
    return true;
}

/* ---- what the children found ---- */

static double number_at(json_t *o, const char *path)
{
    char *copy = xstrdup(path), *save = NULL;

    for (char *key = strtok_r(copy, ".", &save); key;
         key = strtok_r(NULL, ".", &save))
        o = json_object_get(o, key);
    free(copy);
    return json_is_number(o) ? json_number_value(o) : NAN;
}

static json_t *load(char *path)
{
    json_t *o = json_load_file(path, 0, NULL);

    free(path);
    return o;
}

static void read_report(struct sample *s)
{
    char *dir = sample_dir(s);
    json_t *report = dir ? load(path_join(dir, "report.json")) : NULL;

    for (int i = 0; report && i < METRIC_COUNT; i++)
        if (metric_info[i].path)
            s->values[i] = number_at(report, metric_info[i].path);
    json_decref(report);
    free(dir);
}

static double or_unknown(json_t *o, const char *key)
{
    double n = number_at(o, key);

    return n < 0 ? NAN : n;
}

static void collect(struct sample *all, struct sample *s)
{
    json_t *o = load(path_join(s->out, "sample.json"));
    const struct sample *base = sample_baseline(all, s);
    const char *why = json_string_value(json_object_get(o, "why"));

    if (!o)
        die_ours("%s: no sample.json", s->out);
    s->why = why ? xstrdup(why) : NULL;
    s->same = json_is_true(json_object_get(o, "same"));
    s->runs_equal = json_is_true(json_object_get(o, "equal"));
    read_report(s);
    s->values[METRIC_to_output] = or_unknown(o, "to_output");
    s->values[METRIC_to_exit] = or_unknown(o, "to_exit");
    if (s->same) {
        s->runs_equal = base->runs_equal;
        s->values[METRIC_to_output] = base->values[METRIC_to_output];
        s->values[METRIC_to_exit] = base->values[METRIC_to_exit];
    }
    json_decref(o);
}

void samples_run(struct sample *all, size_t first, int at_once)
{
    struct batch b = {all, first};
    size_t n = arrlenu(all) - first;

    for (size_t i = 0; i < n; i++)
        remove_tree(all[first + i].out);
    if (!jobs_run(at_once, n, run_one, &b))
        die_ours("a sample failed in a way of its own");
    for (size_t i = 0; i < n; i++)
        collect(all, &all[first + i]);
}
