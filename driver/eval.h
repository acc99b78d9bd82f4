/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval.h: measuring images. A plan (an experiment's file, or --ablate) names
 * programs, targets, variants and metrics; a subject is a program on a target,
 * a sample one variant of a subject, and what was measured of it.
 */
#ifndef UC_EVAL_H
#define UC_EVAL_H

#include "common.h"
#include "specialize.h"

enum metric {
#define METRIC(name, head, decimals, how, place) METRIC_##name,
#include "eval_metric.def"
#undef METRIC
    METRIC_COUNT
};
enum metric_how {
    HOW_REPORT,
    HOW_TIME,
    HOW_PART,
    HOW_MEASURE,
    HOW_CLOCK
};
struct metric_info {
    const char *name, *head, *place;
    enum metric_how how;
    int decimals;
};
extern const struct metric_info metric_info[METRIC_COUNT];
/* Does it differ from run to run? */
bool metric_is_noisy(enum metric m);

struct eval_options {
    struct target *targets; /* stb_ds arrays */
    const char **apps, **only;
    const char *out, *csv, *json;
    const char *file;    /* of --experiment */
    const char *compare; /* JSON of an earlier run, or NULL */
    int jobs;
    bool keep, measure;
};

/* ---- eval_plan.c: what is to be made and measured ---- */

struct variant {
    char *label;          /* "baseline", "without cuts", "against glibc" */
    const char **options; /* for unicore-specialize, stb_ds array */
    const char *against;  /* a kind that eval/against makes, or NULL */
};
struct plan {
    const char *path;  /* of its file, or NULL */
    const char *title; /* or NULL */
    const char *name;  /* of its folder */
    const char **apps; /* stb_ds arrays */
    struct target *targets;
    struct variant *variants; /* but for the baseline */
    const char **each_only;   /* labels with one of these words, or NULL */
    bool each; /* every fact, cut, knob and pass, one at a time */
    bool metrics[METRIC_COUNT];
    int repeats; /* of what is noisy */
};
/* Reads a file; dies if there is something wrong in it, having said all. */
void plan_read(struct plan *p, const char *path);
/* The plan of --ablate. */
void plan_ablate(struct plan *p, const struct eval_options *o);
/* The option of unicore-specialize, without its dashes, and its value. */
void variant_add(struct variant *v, const char *option, const char *value);

/* ---- eval_names.c: what can be named, and what was meant ---- */

enum name_kind {
    NAME_APP,
    NAME_TARGET,
    NAME_WITHOUT,
    NAME_FACT,
    NAME_METRIC,
    NAME_AGAINST
};
/* Is there one? Else *nearest is the name that takes fewest changes. */
bool name_known(enum name_kind k, const char *name, const char **nearest);
/* All of a kind (stb_ds array). */
char **names_of_kind(enum name_kind k);

/* ---- eval_sample.c: making and measuring ---- */

struct subject {
    const char *app;
    const struct target *target;
};
/* The middle one; with repeats, an interval of the median. */
struct figure {
    double value, low, high; /* NAN: not known */
    double coverage;         /* of the interval; 0: the figure is exact */
    double *all;             /* in the order measured, stb_ds array */
};
struct json_t;
struct sample {
    const struct subject *subject;
    struct variant variant;
    const char *label; /* the variant's */
    char *out;         /* the folder of its products */
    /* what came out */
    struct figure figures[METRIC_COUNT];
    struct json_t *found; /* its sample.json */
    bool same;            /* the bytes of the baseline's image */
    bool runs_equal;      /* it does what the program does on Linux */
    bool none;            /* a program of its kind has no such figure */
    const char *why;      /* NULL: it was made; else the reason */
};

struct sample *sample_add(struct sample **all, const struct subject *s,
                          const char *out, const struct variant *v);
/*
 * Makes all samples from index `first` on, several at a time, checks that they
 * run as on Linux, and fills them in. Of one whose image equals the baseline's
 * the baseline's runs are taken. What an earlier run has found under the same
 * key is not made again.
 */
void samples_run(struct sample *all, size_t first, const struct plan *p,
                 const struct eval_options *o);
/* For a job's child: all that it begins ends with the parent. */
void job_lead(void);
/* The sample `baseline` of the same subject, or NULL. */
const struct sample *sample_baseline(struct sample *all,
                                     const struct sample *s);
/* Is its image smaller than the baseline's? */
bool sample_is_smaller(struct sample *all, const struct sample *s);

/* ---- eval_work.c: one sample ---- */

/* The file's, which may be NULL; frees path. */
struct json_t *found_load(char *path);
const char *found_text(const struct json_t *o, const char *key);
/* Adds the scripts eval/NAME, NULL-ended: what they print depends on them. */
void hash_scripts(struct hash *h, const char *const *names);

/* Makes and measures it; base is what was found of the baseline, or NULL. */
struct json_t *sample_work(const struct plan *p, const struct sample *s,
                           struct json_t *base);
/* Words that eval/measure prints of the images below out; false: none. */
bool measure_words(const char *app, const char *target, const char *metric,
                   const char *out, struct buf *words);
/* What eval/observe prints of them. */
bool observe_words(const char *app, const char *target, const char *out,
                   struct buf *words);

/* ---- eval_stats.c ---- */

/* Median and interval of f->all. */
void figure_settle(struct figure *f);

/* ---- eval_print.c, eval_json.c: tables and files ---- */

void print_text(struct sample *all, const struct plan *p);
/* What each variant costs, in a column for each of the n subjects. */
void print_summary(struct sample *all, const struct subject *subject, size_t n);
void print_csv(struct sample *all, const struct plan *p, const char *path);
const char *sample_result(const struct sample *s);
/* Caller frees with json_decref. */
struct json_t *samples_json(struct sample *all, const struct plan *p,
                            struct json_t *origin);
void json_write(struct json_t *o, const char *path);

/* ---- eval_origin.c: with what it was measured ---- */

struct json_t *origin_json(struct target *targets);

/* ---- eval_compare.c: a run beside an earlier one ---- */

/* False: an exact figure is another one. */
bool compare(const struct json_t *now, const char *path);

/* ---- eval_run.c: the experiments ---- */

/* False: an image did not run as it should, or was not made. */
bool ablate(const struct eval_options *o);
bool experiment(const struct eval_options *o);

/* ---- eval_survey.c: what the images of unicore-batch have in common ---- */

/* False: there are none. */
bool survey(const struct eval_options *o);

#endif
