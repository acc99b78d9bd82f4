/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_json.c: samples as JSON: with what was measured, of what, and by which
 * experiment, so that another run can be held against it (eval_compare.c).
 */
#include "eval.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Exact: a number. Of a clock: the median, its interval, all in their order. */
static json_t *figure_json(const struct figure *f, enum metric m)
{
    json_t *all, *o;

    if (!metric_is_noisy(m))
        return metric_info[m].decimals ? json_real(f->value)
                                       : json_integer((json_int_t)f->value);
    all = json_array();
    for (size_t i = 0; i < arrlenu(f->all); i++)
        json_array_append_new(all, json_real(f->all[i]));
    o = json_object();
    json_object_set_new(o, "median", json_real(f->value));
    json_object_set_new(o, "low", json_real(f->low));
    json_object_set_new(o, "high", json_real(f->high));
    json_object_set_new(o, "coverage", json_real(f->coverage));
    json_object_set_new(o, "all", all);
    return o;
}

static json_t *sample_json(const struct sample *s)
{
    json_t *o = json_object(), *parts = json_object_get(s->found, "components");

    json_object_set_new(o, "program", json_string(s->subject->app));
    json_object_set_new(o, "target", json_string(s->subject->target->name));
    json_object_set_new(o, "variant", json_string(s->label));
    json_object_set_new(o, "result", json_string(sample_result(s)));
    for (int m = 0; m < METRIC_COUNT; m++)
        if (!isnan(s->figures[m].value))
            json_object_set_new(o, metric_info[m].name,
                                figure_json(&s->figures[m], (enum metric)m));
    if (parts && !s->same)
        json_object_set(o, "of_components", parts);
    if (s->why)
        json_object_set_new(o, "why", json_string(s->why));
    return o;
}

static json_t *plan_json(const struct plan *p)
{
    json_t *o = json_object(), *metrics = json_array();

    for (int m = 0; m < METRIC_COUNT; m++)
        if (p->metrics[m])
            json_array_append_new(metrics, json_string(metric_info[m].name));
    json_object_set_new(o, "name", json_string(p->name));
    if (p->title)
        json_object_set_new(o, "title", json_string(p->title));
    if (p->path) {
        struct hash *h = hash_new();
        hash_file(h, p->path);
        char *hash = hash_end(h);
        json_object_set_new(o, "file", json_string(path_base(p->path)));
        json_object_set_new(o, "hash", json_string(hash));
        free(hash);
    }
    json_object_set_new(o, "metrics", metrics);
    json_object_set_new(o, "repeats", json_integer(p->repeats));
    return o;
}

json_t *samples_json(struct sample *all, const struct plan *p, json_t *origin)
{
    json_t *o = json_object(), *list = json_array();

    for (size_t i = 0; i < arrlenu(all); i++)
        json_array_append_new(list, sample_json(&all[i]));
    json_object_set_new(o, "experiment", plan_json(p));
    json_object_set(o, "origin", origin);
    json_object_set_new(o, "samples", list);
    return o;
}

void json_write(json_t *o, const char *path)
{
    char *text = json_dumps(o, JSON_INDENT(1) | JSON_SORT_KEYS |
                                   JSON_REAL_PRECISION(12));

    file_write(path, text, strlen(text));
    free(text);
}
