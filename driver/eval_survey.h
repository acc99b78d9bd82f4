/* SPDX-License-Identifier: BSD-2-Clause */
/* eval_survey.h: many programs on one target, and what they have in common. */
#ifndef UC_EVAL_SURVEY_H
#define UC_EVAL_SURVEY_H

#include "eval.h"

/* A name, and of how many programs it is wanted. */
struct wanted {
    char *key;
    int value;
};

/* Why something is there: "uc_sys_open < open64 < main". */
struct reason {
    char *what, *chain;
};

struct program {
    char *app, *dir;
    const char *class; /* by its facts */
    char *section;     /* of Debian's archive; "example": the corpus' own */
    double bytes, app_bytes, libc_bytes, system_bytes, other_bytes;
    double functions, functions_total, components, facts;
    double syscalls_n, libc_n;
    double specialize_seconds, link_seconds;
    char **syscalls, **libc, **parts, **asks; /* stb_ds arrays */
    struct reason *reasons;                   /* of parts and facts */
    struct json_t *measured;                  /* measured.json, or NULL */
};

struct survey {
    const char *target;
    struct program *programs;
    struct wanted *syscalls, *libc, *parts;
};

/* ---- eval_survey.c: reading products ---- */

/* ---- eval_reasons.c: chains, from `reached` and `facts` ---- */

/* Fills in syscalls, libc, asks, facts and reasons. */
void program_reasons(struct program *p);

/* ---- eval_relate.c: what goes with what ---- */

/* For each figure of a program: correlation with y (an offset of a double of
 * struct program), with n and intervals. */
struct json_t *relations(const struct survey *s, size_t y);

/* ---- eval_observe.c: --measure ---- */

/* Writes measured.json beside each image that has none of its own. */
void survey_measure(const struct survey *s, const char *images,
                    const struct eval_options *o);

/* ---- eval_answer.c: the answers, as JSON and text ---- */

struct json_t *survey_json(const struct survey *s);
void survey_print(const struct survey *s, const struct json_t *o);

#endif
