/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_print.c: samples as a table to read, as CSV and as JSON. The table has
 * differences from the baseline; the files have what was measured.
 *
 *     bc kvm-x86_64     bytes  +bytes      %  kept ...
 *     baseline         66,000       -      -   500
 *     without cuts     69,000  +3,000  +4.5%   520
 */
#include "eval.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void cell(int width, char *text)
{
    printf(" %*s", width, text);
    free(text);
}

static char *value_text(const struct sample *s, enum metric m)
{
    if (isnan(s->values[m]))
        return xstrdup("-");
    if (metric_info[m].decimals)
        return format("%.*f", metric_info[m].decimals, s->values[m]);
    return str_thousands((long long)s->values[m]);
}

static int width_of(enum metric m)
{
    int n = (int)strlen(metric_info[m].head);

    if (m == METRIC_bytes || m == METRIC_to_output || m == METRIC_to_exit)
        return 10;
    return n < 6 ? 6 : n;
}

static void print_head(const struct sample *s)
{
    char *subject = format("%s %s", s->subject->app, s->subject->target->name);

    printf("%-32s", subject);
    for (int m = 0; m < METRIC_COUNT; m++) {
        cell(width_of(m), xstrdup(metric_info[m].head));
        if (m == METRIC_bytes) {
            cell(9, xstrdup("+bytes"));
            cell(7, xstrdup("%"));
        }
    }
    puts("");
    free(subject);
}

static void print_delta(const struct sample *s, const struct sample *base)
{
    double was = base ? base->values[METRIC_bytes] : NAN;
    double more = s->values[METRIC_bytes] - was;

    if (s == base || isnan(more)) {
        cell(9, xstrdup("-"));
        cell(7, xstrdup("-"));
        return;
    }
    char *n = str_thousands((long long)more);
    cell(9, format("%s%s", more > 0 ? "+" : "", n));
    cell(7, format("%+.1f%%", 100 * more / was));
    free(n);
}

static void print_row(struct sample *all, const struct sample *s)
{
    printf("%-32s", s->label);
    for (int m = 0; m < METRIC_COUNT; m++) {
        cell(width_of(m), value_text(s, m));
        if (m == METRIC_bytes)
            print_delta(s, sample_baseline(all, s));
    }
    if (s->why)
        printf("  %s", s->why);
    else if (sample_is_smaller(all, s))
        printf("  smaller");
    puts("");
}

/* A row only for what changes the image; the others are named. */
static void print_same(struct sample *all, const struct subject *subject)
{
    size_t column = 0;

    for (size_t i = 0; i < arrlenu(all); i++) {
        if (all[i].subject != subject || !all[i].same)
            continue;
        if (!column)
            column = (size_t)printf("the same image:");
        if (column + strlen(all[i].label) + 2 > 80)
            column = (size_t)printf("\n   ") - 1;
        column += (size_t)printf(" %s;", all[i].label);
    }
    puts(column ? "\n" : "");
}

/* ---- several programs: what a switch costs each ---- */

static const struct sample *
sample_of(struct sample *all, const struct subject *subject, const char *label)
{
    for (size_t i = 0; i < arrlenu(all); i++)
        if (all[i].subject == subject && !strcmp(all[i].label, label))
            return &all[i];
    return NULL;
}

/* "+1.5%"; "=": the same image; ".": nothing there to switch off. */
static char *cost(struct sample *all, const struct sample *s)
{
    const struct sample *base = s ? sample_baseline(all, s) : NULL;

    if (!base)
        return xstrdup(".");
    if (s->same)
        return xstrdup("=");
    if (s->why)
        return xstrdup("fails");
    return format("%+.2f%%",
                  100 * s->values[METRIC_bytes] / base->values[METRIC_bytes] -
                      100);
}

static bool is_first(struct sample *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(all[i].label, all[n].label))
            return false;
    return true;
}

static void print_costs(struct sample *all, const char *label,
                        const struct subject *subject, size_t n)
{
    bool any = false;

    for (size_t k = 0; k < n; k++) {
        const struct sample *s = sample_of(all, &subject[k], label);
        any |= s && !s->same && strcmp(label, "baseline") != 0;
    }
    if (!any)
        return;
    printf("%-28s", label);
    for (size_t k = 0; k < n; k++)
        cell(19, cost(all, sample_of(all, &subject[k], label)));
    puts("");
}

void print_summary(struct sample *all, const struct subject *subject, size_t n)
{
    printf("%-28s", "bytes");
    for (size_t k = 0; k < n; k++)
        cell(19, xstrdup(subject[k].app));
    printf("\n%-28s", "");
    for (size_t k = 0; k < n; k++)
        cell(19, xstrdup(subject[k].target->name));
    puts("");
    for (size_t i = 0; i < arrlenu(all); i++)
        if (is_first(all, i))
            print_costs(all, all[i].label, subject, n);
}

void print_text(struct sample *all)
{
    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        if (i == 0 || s->subject != all[i - 1].subject)
            print_head(s);
        if (!s->same)
            print_row(all, s);
        if (i + 1 == arrlenu(all) || s->subject != all[i + 1].subject)
            print_same(all, s->subject);
    }
}

static const char *result_of(const struct sample *s)
{
    return s->runs_equal ? s->same ? "same" : "equal" : "failed";
}

void print_csv(struct sample *all, const char *path)
{
    struct buf b = {0};

    buf_str(&b, "program,target,variant");
    for (int m = 0; m < METRIC_COUNT; m++)
        buf_printf(&b, ",%s", metric_info[m].name);
    buf_str(&b, ",result\n");
    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        buf_printf(&b, "%s,%s,%s", s->subject->app, s->subject->target->name,
                   s->label);
        for (int m = 0; m < METRIC_COUNT; m++) {
            buf_str(&b, ",");
            if (!isnan(s->values[m]))
                buf_printf(&b, "%.*f", metric_info[m].decimals, s->values[m]);
        }
        buf_printf(&b, ",%s\n", result_of(s));
    }
    file_write(path, b.p, b.n);
    buf_free(&b);
}

static json_t *json_value(const struct sample *s, enum metric m)
{
    return metric_info[m].decimals ? json_real(s->values[m])
                                   : json_integer((json_int_t)s->values[m]);
}

void print_json(struct sample *all, const char *path)
{
    json_t *list = json_array();
    char *text;

    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        json_t *o =
            json_pack("{s:s, s:s, s:s, s:s}", "program", s->subject->app,
                      "target", s->subject->target->name, "variant", s->label,
                      "result", result_of(s));
        for (int m = 0; m < METRIC_COUNT; m++)
            if (!isnan(s->values[m]))
                json_object_set_new(o, metric_info[m].name,
                                    json_value(s, (enum metric)m));
        if (s->why)
            json_object_set_new(o, "why", json_string(s->why));
        json_array_append_new(list, o);
    }
    text = json_dumps(list, JSON_INDENT(1) | JSON_SORT_KEYS |
                                JSON_REAL_PRECISION(10));
    file_write(path, text, strlen(text));
    free(text);
    json_decref(list);
}
