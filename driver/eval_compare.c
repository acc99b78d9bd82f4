/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_compare.c: a run beside an earlier one, of a committed file. Exact
 * figures must be equal; medians are told apart where their intervals do not
 * meet, which is no failure: another computer is as fast as it is.
 */
#include "eval.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t equal, other, apart, together, missing;
};

static const char *text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static json_t *same_sample(json_t *samples, const json_t *s)
{
    static const char *const keys[] = {"program", "target", "variant"};
    json_t *t;
    size_t i;

    json_array_foreach(samples, i, t)
    {
        size_t k = 0;
        while (k < 3 && !strcmp(text(s, keys[k]), text(t, keys[k])))
            k++;
        if (k == 3)
            return t;
    }
    return NULL;
}

static void tell(const json_t *s, const char *metric, const json_t *was,
                 const json_t *is)
{
    char *x = json_dumps(was, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    char *y = json_dumps(is, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));

    printf("  %s %s, %s: %s: was %s, is %s\n", text(s, "program"),
           text(s, "target"), text(s, "variant"), metric, x, y);
    free(x);
    free(y);
}

static double part(const json_t *o, const char *key)
{
    return json_number_value(json_object_get(o, key));
}

static void compare_figure(struct tally *t, const json_t *s, enum metric m,
                           const json_t *was, const json_t *is)
{
    if (!was || !is) {
        t->missing += was != is;
    } else if (!metric_is_noisy(m)) {
        bool equal = json_number_value(was) == json_number_value(is);
        equal ? t->equal++ : t->other++;
        if (!equal)
            tell(s, metric_info[m].name, was, is);
    } else {
        bool apart = part(was, "low") > part(is, "high") ||
                     part(is, "low") > part(was, "high");
        apart ? t->apart++ : t->together++;
        if (apart)
            tell(s, metric_info[m].name, json_object_get(was, "median"),
                 json_object_get(is, "median"));
    }
}

static void compare_origins(const json_t *was, const json_t *is)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)is, key, value)
    {
        json_t *old = json_object_get(was, key);
        char *x, *y;
        if (json_equal(old, value))
            continue;
        x = old ? json_dumps(old, JSON_ENCODE_ANY) : NULL;
        y = json_dumps(value, JSON_ENCODE_ANY);
        printf("  %s: was %s, is %s\n", key, x ? x : "not noted", y);
        free(x);
        free(y);
    }
}

static void compare_results(struct tally *t, const json_t *s, const json_t *old)
{
    const char *was = text(old, "result"), *is = text(s, "result");

    if (!strcmp(was, is))
        return;
    t->other++;
    printf("  %s %s, %s: was %s, is %s\n", text(s, "program"),
           text(s, "target"), text(s, "variant"), was, is);
}

bool compare(const json_t *now, const char *path)
{
    json_error_t e;
    json_t *old = json_load_file(path, 0, &e), *s;
    json_t *samples = json_object_get(now, "samples");
    struct tally t = {0};
    size_t i;

    if (!old)
        die("%s:%d: %s", path, e.line, e.text);
    if (!json_is_array(json_object_get(old, "samples")))
        die("%s: no samples: not from --json of an experiment", path);
    printf("\nbeside %s:\n", path_base(path));
    compare_origins(json_object_get(old, "origin"),
                    json_object_get(now, "origin"));
    if (strcmp(text(json_object_get(old, "experiment"), "hash"),
               text(json_object_get(now, "experiment"), "hash")) != 0)
        printf("  the experiment's file is another one\n");
    json_array_foreach(samples, i, s)
    {
        json_t *was = same_sample(json_object_get(old, "samples"), s);
        if (was)
            compare_results(&t, s, was);
        else
            t.missing++;
        for (int m = 0; was && m < METRIC_COUNT; m++)
            compare_figure(&t, s, (enum metric)m,
                           json_object_get(was, metric_info[m].name),
                           json_object_get(s, metric_info[m].name));
    }
    printf("  exact figures: %zu equal, %zu not; medians: %zu with intervals "
           "that meet, %zu not; only in one of the two: %zu\n",
           t.equal, t.other, t.together, t.apart, t.missing);
    json_decref(old);
    return !t.other;
}
