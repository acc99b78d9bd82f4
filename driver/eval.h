/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval.h: measuring images: subjects (a corpus program on a target), samples
 * of them (one image, made in one way), and what is read from a sample.
 */
#ifndef UC_EVAL_H
#define UC_EVAL_H

#include "common.h"
#include "specialize.h"

enum metric {
#define METRIC(name, head, decimals, path) METRIC_##name,
#include "eval_metric.def"
#undef METRIC
    METRIC_COUNT
};
struct metric_info {
    const char *name, *head, *path;
    int decimals;
};
extern const struct metric_info metric_info[METRIC_COUNT];

struct subject {
    const char *app;
    const struct target *target;
};
struct sample {
    const struct subject *subject;
    char *label;          /* "baseline", "without cuts" */
    const char **options; /* for unicore-specialize, stb_ds array */
    char *out;            /* the folder of its products */
    /* what came out */
    double values[METRIC_COUNT]; /* NAN: not known */
    bool same;                   /* the bytes of the baseline's image */
    bool runs_equal;             /* it does what the program does on Linux */
    char *why;                   /* NULL: it was made; else the reason */
};

/* ---- eval_sample.c: making and measuring ---- */

/* Adds a sample; the label's words after the first are the option's value. */
struct sample *sample_add(struct sample **all, const struct subject *s,
                          const char *out, const char *option,
                          const char *name);
/*
 * Makes all samples from index `first` on, at_once at a time, checks that
 * they run as on Linux, and fills them in. Of one whose image equals the
 * baseline's the baseline's runs are taken.
 */
void samples_run(struct sample *all, size_t first, int at_once);
/* The sample `baseline` of the same subject, or NULL. */
const struct sample *sample_baseline(struct sample *all,
                                     const struct sample *s);
/* The folder where the sample's report.json is, or NULL. */
char *sample_dir(const struct sample *s);
/* Is its image smaller than the baseline's? */
bool sample_is_smaller(struct sample *all, const struct sample *s);

/* ---- eval_print.c: tables ---- */

void print_text(struct sample *all);
/* What each switch costs, in a column for each of the n subjects. */
void print_summary(struct sample *all, const struct subject *subject, size_t n);
void print_csv(struct sample *all, const char *path);
void print_json(struct sample *all, const char *path);

/* ---- eval_ablate.c: every fact, cut, knob and pass, one at a time ---- */

struct eval_options {
    struct target *targets; /* stb_ds arrays */
    const char **apps, **only;
    const char *out, *csv, *json;
    int jobs;
    bool keep;
};
/* False: an image did not run as it should, or was not made. */
bool ablate(const struct eval_options *o);

/* ---- eval_survey.c: what the images of unicore-batch have in common ---- */

/* False: there are none. */
bool survey(const struct eval_options *o);

#endif
