/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_observe.c: --survey --measure: what running the images shows:
 * instructions, least memory (eval/measure), and what of them is used
 * (eval/observe). It is kept beside the image, in measured.json, with a key of
 * the image and the scripts, so that it is measured once.
 */
#include "eval_survey.h"
#include "jobs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct work {
    const struct survey *survey;
    const char *images;
};

static char *key_of(const struct program *p)
{
    static const char *const scripts[] = {"measure", "observe", NULL};
    struct hash *h = hash_new();
    char *image = path_join(p->dir, "image");

    hash_file(h, image);
    hash_scripts(h, scripts);
    free(image);
    return hash_end(h);
}

static void put_number(json_t *o, const char *name, double n)
{
    if (n >= 0)
        json_object_set_new(o, name, json_real(n));
}

static void measure(const struct work *w, const struct program *p, json_t *o)
{
    const char *target = w->survey->target;
    struct buf b = {0};
    double output = -1, end = -1, kib = -1;

    if (measure_words(p->app, target, "counts", w->images, &b))
        sscanf(b.p, "%lf %lf", &output, &end);
    buf_free(&b);
    if (measure_words(p->app, target, "min_kib", w->images, &b))
        sscanf(b.p, "%lf", &kib);
    buf_free(&b);
    put_number(o, "to_output", output);
    put_number(o, "to_exit", end);
    put_number(o, "min_kib", kib);
    if (observe_words(p->app, target, w->images, &b)) {
        json_t *seen = json_loads(b.p, 0, NULL);
        if (seen)
            json_object_set_new(o, "observed", seen);
    }
    buf_free(&b);
}

static bool run_one(const void *data, size_t i)
{
    const struct work *w = data;
    const struct program *p = &w->survey->programs[i];
    char *path = path_join(p->dir, "measured.json"), *key = key_of(p);
    json_t *o = json_load_file(path, 0, NULL);
    const char *old = json_string_value(json_object_get(o, "key"));

    job_lead();
    if (!old || strcmp(old, key) != 0) {
        progress("measuring %zu of %zu: %s %s", i + 1,
                 arrlenu(w->survey->programs), p->app, w->survey->target);
        json_decref(o);
        o = json_object();
        measure(w, p, o);
        json_object_set_new(o, "key", json_string(key));
        json_write(o, path);
    }
    json_decref(o);
    free(path);
    free(key);
    return true;
}

void survey_measure(const struct survey *s, const char *images,
                    const struct eval_options *o)
{
    struct work w = {s, images};

    if (jobs_run(o->jobs, arrlenu(s->programs), run_one, NULL, &w))
        die_ours("a measurement failed in a way of its own");
    progress_end();
}
