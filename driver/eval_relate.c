/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_relate.c: how well a size goes with other figures of the programs.
 *
 * Spearman's rank correlation asks only whether more goes with more; slope and
 * R squared are those of a line through the logarithms (a slope of 1: twice as
 * much, twice as large). Their intervals are of the bootstrap: the middle 95 %
 * of 2000 samples of the programs, drawn with replacement by a generator that
 * always starts alike, so that a figure can be had again.
 */
#include "eval_survey.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    DRAWS = 2000
};
#define TINY 1e-12 /* what rounding leaves of no variation */

static const struct {
    const char *name;
    size_t offset;
} figures[] = {
    {"bytes of the program in the image", offsetof(struct program, app_bytes)},
    {"functions before cuts", offsetof(struct program, functions_total)},
    {"functions kept", offsetof(struct program, functions)},
    {"components", offsetof(struct program, components)},
    {"facts", offsetof(struct program, facts)},
    {"system calls", offsetof(struct program, syscalls_n)},
    {"functions of libc", offsetof(struct program, libc_n)},
};

struct pairs {
    double *x, *y; /* n of each: logarithms */
    size_t n;
};
struct fit {
    double spearman, slope, r2;
};

static double value_at(const struct program *p, size_t offset)
{
    double x;

    memcpy(&x, (const char *)p + offset, sizeof x);
    return x;
}

static const double *order_by;

static int by_value(const void *a, const void *b)
{
    double x = order_by[*(const size_t *)a], y = order_by[*(const size_t *)b];

    return (x > y) - (x < y);
}

/* Equal ones share the middle of their ranks. */
static void rank(const double *v, size_t n, double *ranks)
{
    size_t *order = xmalloc((n + 1) * sizeof *order);

    for (size_t i = 0; i < n; i++)
        order[i] = i;
    order_by = v;
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i; k < n && v[order[k]] <= v[order[i]]; k++)
            ;
        for (size_t j = i; j < k; j++)
            ranks[order[j]] = (double)(i + k - 1) / 2;
    }
    free(order);
}

/* Pearson's correlation and the slope of y over x; NAN: one does not vary. */
static double correlate(const double *x, const double *y, size_t n,
                        double *slope)
{
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;

    for (size_t i = 0; i < n; i++) {
        mx += x[i] / (double)n;
        my += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    *slope = xx > TINY ? xy / xx : NAN;
    return xx > TINY && yy > TINY ? xy / sqrt(xx * yy) : NAN;
}

static struct fit fit_of(const struct pairs *p)
{
    struct fit f;
    double *x = xmalloc((p->n + 1) * sizeof *x),
           *y = xmalloc((p->n + 1) * sizeof *y), unused, r;

    rank(p->x, p->n, x);
    rank(p->y, p->n, y);
    f.spearman = correlate(x, y, p->n, &unused);
    r = correlate(p->x, p->y, p->n, &f.slope);
    f.r2 = r * r;
    free(x);
    free(y);
    return f;
}

/* ---- intervals ---- */

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void put_interval(json_t *o, const char *name, double value,
                         double *draws)
{
    size_t n = arrlenu(draws);
    json_t *f = json_object();

    if (n)
        qsort(draws, n, sizeof *draws, by_size);
    json_object_set_new(f, "value", json_real(value));
    if (n) {
        json_object_set_new(f, "low", json_real(draws[n / 40]));
        json_object_set_new(f, "high", json_real(draws[n - 1 - n / 40]));
    }
    json_object_set_new(o, name, f);
    arrfree(draws);
}

static json_t *relation(const struct pairs *p, const char *name)
{
    struct pairs draw = {xmalloc((p->n + 1) * sizeof(double)),
                         xmalloc((p->n + 1) * sizeof(double)), p->n};
    double *spearman = NULL, *slope = NULL, *r2 = NULL;
    struct fit f = fit_of(p);
    uint64_t state = 1;
    json_t *o = json_object();

    for (int i = 0; i < DRAWS; i++) {
        for (size_t k = 0; k < p->n; k++) {
            size_t at = next_random(&state) % p->n;
            draw.x[k] = p->x[at];
            draw.y[k] = p->y[at];
        }
        struct fit d = fit_of(&draw);
        if (isnan(d.spearman) || isnan(d.slope) || isnan(d.r2))
            continue;
        arrput(spearman, d.spearman);
        arrput(slope, d.slope);
        arrput(r2, d.r2);
    }
    json_object_set_new(o, "name", json_string(name));
    json_object_set_new(o, "n", json_integer((json_int_t)p->n));
    put_interval(o, "spearman", f.spearman, spearman);
    put_interval(o, "slope", f.slope, slope);
    put_interval(o, "r2", f.r2, r2);
    free(draw.x);
    free(draw.y);
    return o;
}

json_t *relations(const struct survey *s, size_t y)
{
    size_t n = arrlenu(s->programs);
    struct pairs p = {xmalloc((n + 1) * sizeof(double)),
                      xmalloc((n + 1) * sizeof(double)), n};
    json_t *list = json_array();
    double unused;

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        for (size_t k = 0; k < n; k++) {
            p.x[k] = log(value_at(&s->programs[k], figures[i].offset) + 1);
            p.y[k] = log(value_at(&s->programs[k], y) + 1);
        }
        if (n > 2 && !isnan(correlate(p.x, p.y, n, &unused)))
            json_array_append_new(list, relation(&p, figures[i].name));
    }
    free(p.x);
    free(p.y);
    return list;
}
