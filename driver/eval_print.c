/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_print.c: samples as a table to read and as CSV. The table has
 * differences from the baseline; the file has what was measured.
 *
 *     bc kvm-x86_64     bytes  +bytes      %  kept ...
 *     baseline         66,000       -      -   500
 *     without cuts     69,000  +3,000  +4.5%   520
 */
#include "eval.h"

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
    if (isnan(s->figures[m].value))
        return xstrdup("-");
    if (metric_info[m].decimals)
        return format("%.*f", metric_info[m].decimals, s->figures[m].value);
    return str_thousands((long long)s->figures[m].value);
}

static int width_of(enum metric m)
{
    int n = (int)strlen(metric_info[m].head);

    if (m == METRIC_bytes || m == METRIC_to_output || m == METRIC_to_exit)
        return 10;
    return n < 6 ? 6 : n;
}

static void print_head(const struct sample *s, const struct plan *p)
{
    char *subject = format("%s %s", s->subject->app, s->subject->target->name);

    printf("%-32s", subject);
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (!p->metrics[m])
            continue;
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
    double was = base ? base->figures[METRIC_bytes].value : NAN;
    double more = s->figures[METRIC_bytes].value - was;

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

/* Below a row: how sure the medians are. */
static void print_intervals(const struct sample *s, const struct plan *p)
{
    bool any = false;

    for (int m = 0; m < METRIC_COUNT; m++) {
        const struct figure *f = &s->figures[m];
        if (!p->metrics[m] || !(f->coverage > 0) || arrlenu(f->all) < 2)
            continue;
        if (!metric_is_noisy((enum metric)m))
            continue;
        printf("%s%s %.*f to %.*f", any ? "; " : "    ", metric_info[m].head,
               metric_info[m].decimals, f->low, metric_info[m].decimals,
               f->high);
        if (!any)
            printf(" (interval of %.1f %%, n=%zu)", 100 * f->coverage,
                   arrlenu(f->all));
        any = true;
    }
    if (any)
        puts("");
}

static void print_row(struct sample *all, const struct sample *s,
                      const struct plan *p)
{
    printf("%-32s", s->label);
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (!p->metrics[m])
            continue;
        cell(width_of(m), value_text(s, m));
        if (m == METRIC_bytes)
            print_delta(s, sample_baseline(all, s));
    }
    if (s->why)
        printf("  %s", s->why);
    else if (s->variant.against)
        printf("  not an image");
    else if (sample_is_smaller(all, s))
        printf("  smaller");
    puts("");
    print_intervals(s, p);
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
    return format("%+.2f%%", 100 * s->figures[METRIC_bytes].value /
                                     base->figures[METRIC_bytes].value -
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

void print_text(struct sample *all, const struct plan *p)
{
    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        if (i == 0 || s->subject != all[i - 1].subject)
            print_head(s, p);
        if (!s->same)
            print_row(all, s, p);
        if (i + 1 == arrlenu(all) || s->subject != all[i + 1].subject)
            print_same(all, s->subject);
    }
}

const char *sample_result(const struct sample *s)
{
    if (s->none)
        return "none";
    return s->runs_equal && !s->why ? s->same ? "same" : "equal" : "failed";
}

/* A column for each metric; of what is repeated also the interval's ends. */
static void csv_head(struct buf *b, const struct plan *p)
{
    buf_str(b, "program,target,variant");
    for (int m = 0; m < METRIC_COUNT; m++) {
        const char *name = metric_info[m].name;
        if (!p->metrics[m])
            continue;
        buf_printf(b, ",%s", name);
        if (metric_is_noisy((enum metric)m) && p->repeats > 1)
            buf_printf(b, ",%s_low,%s_high", name, name);
    }
    buf_str(b, ",result,why\n");
}

/* In quotes, which are doubled in it; nothing of what went well. */
static void csv_why(struct buf *b, const char *why)
{
    if (!why)
        return;
    buf_str(b, "\"");
    for (; *why; why++)
        buf_printf(b, "%s%c", *why == '"' ? "\"" : "", *why);
    buf_str(b, "\"");
}

static void csv_value(struct buf *b, double value, int decimals)
{
    buf_str(b, ",");
    if (!isnan(value))
        buf_printf(b, "%.*f", decimals, value);
}

void print_csv(struct sample *all, const struct plan *p, const char *path)
{
    struct buf b = {0};

    csv_head(&b, p);
    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct sample *s = &all[i];
        const char *quote = strchr(s->label, ',') ? "\"" : "";
        buf_printf(&b, "%s,%s,%s%s%s", s->subject->app,
                   s->subject->target->name, quote, s->label, quote);
        for (int m = 0; m < METRIC_COUNT; m++) {
            const struct figure *f = &s->figures[m];
            int decimals = metric_info[m].decimals;
            if (!p->metrics[m])
                continue;
            csv_value(&b, f->value, decimals);
            if (metric_is_noisy((enum metric)m) && p->repeats > 1) {
                csv_value(&b, f->low, decimals);
                csv_value(&b, f->high, decimals);
            }
        }
        buf_printf(&b, ",%s,", sample_result(s));
        csv_why(&b, s->why);
        buf_str(&b, "\n");
    }
    file_write(path, b.p, b.n);
    buf_free(&b);
}
