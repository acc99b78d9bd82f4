/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * summary.c: the table that ends a run. Every figure is read back from the
 * report.json that the stages wrote.
 *
 *     app    target           bytes  parts  functions  CPU s  degraded
 *     hello  kvm-x86_64       5,312      9      41/58   0.48  -
 */
#include "specialize.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_NAMES = 6
};

static json_t *load(const char *path)
{
    json_error_t e;
    json_t *j = json_load_file(path, 0, &e);

    if (!j)
        die_ours("%s:%d: %s", path, e.line, e.text);
    return j;
}

static long long number(const json_t *j, const char *key)
{
    return json_integer_value(json_object_get(j, key));
}

/* All with -v; else a few, and the number of the others. */
static char *degraded_names(const json_t *analysis)
{
    json_t *list = json_object_get(analysis, "degraded"), *d;
    size_t n = json_array_size(list), i;
    size_t shown = n > MOST_NAMES && verbosity < 1 ? MOST_NAMES - 1 : n;
    struct buf b = {0};

    json_array_foreach(list, i, d)
    {
        const char *name = json_string_value(json_object_get(d, "name"));
        if (name && i < shown)
            buf_printf(&b, "%s%s", i ? " " : "", name);
    }
    if (shown < n)
        buf_printf(&b, " +%zu", n - shown);
    if (!b.n)
        buf_str(&b, "-");
    return b.p;
}

/* The width that printf must be told to get `width` columns of UTF-8. */
static int columns(const char *s, int width)
{
    for (; *s; s++)
        width += ((unsigned char)*s & 0xc0) == 0x80;
    return width;
}

static void print_row(const struct summary_row *row)
{
    json_t *report = load(row->report);
    json_t *a = json_object_get(report, "analysis");
    char *bytes = str_thousands(number(report, "bytes"));
    char *kept = str_thousands(number(a, "functions_kept"));
    char *total = str_thousands(number(a, "functions_total"));
    char *functions = format("%s/%s", kept, total);
    char *degraded = degraded_names(a);

    printf("%-*s %-16s %10s %6lld %14s %6.2f  %s\n", columns(row->app, 12),
           row->app, row->target, bytes, number(a, "components"), functions,
           json_number_value(json_object_get(report, "cpu_seconds")), degraded);
    free(bytes);
    free(kept);
    free(total);
    free(functions);
    free(degraded);
    json_decref(report);
}

void summary_print(const struct summary_row *rows, size_t n)
{
    if (!n)
        return;
    printf("%-12s %-16s %10s %6s %14s %6s  %s\n", "app", "target", "bytes",
           "parts", "functions", "CPU s", "degraded");
    for (size_t i = 0; i < n; i++)
        print_row(&rows[i]);
}

static void tell_chain(const json_t *degraded)
{
    json_t *chain = json_object_get(degraded, "chain"), *hop;
    size_t i;

    json_array_foreach(chain, i, hop) if (json_is_string(hop))
        evidence("%s", json_string_value(hop));
}

static const char *why(const json_t *degraded)
{
    const char *text = json_string_value(json_object_get(degraded, "why"));

    return text ? text : "needs something";
}

void summary_degraded(const struct summary_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        json_t *report = load(rows[i].report), *d;
        json_t *a = json_object_get(report, "analysis");
        size_t k;

        json_array_foreach(json_object_get(a, "degraded"), k, d)
        {
            warn("%s: %s: %s", rows[i].app, rows[i].target, why(d));
            tell_chain(d);
        }
        json_decref(report);
    }
}

bool strict_refuses(const struct job *job, const char *dir)
{
    char *path = path_join(dir, "analyze.json");
    json_t *analysis = load(path), *d;
    json_t *list = json_object_get(analysis, "degraded");
    bool any = json_array_size(list) > 0;
    size_t i;

    json_array_foreach(list, i, d)
    {
        error("%s: %s: %s (--strict)", job->app->name, job->target->name,
              why(d));
        tell_chain(d);
    }
    if (any)
        note("without --strict the image is made as it is");
    json_decref(analysis);
    free(path);
    return any;
}
