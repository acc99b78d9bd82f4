/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch.h: programs of the corpus times targets, each pair a job.
 *
 * A job's folder, OUT/jobs/APP.TARGET, has its log and, once it has ended,
 * result.json: whoever runs it, here or on another machine, that file is how
 * the others know.
 */
#ifndef UC_BATCH_H
#define UC_BATCH_H

#include "common.h"
#include "specialize.h"

struct batch_options {
    char **apps; /* stb_ds arrays */
    struct target *targets;
    const char **only, **skip;
    const char *out;   /* absolute */
    const char *json;  /* file of lines, `-`, or NULL */
    const char *slurm; /* words for sbatch, or NULL */
    const char *ssh;   /* logins for GNU Parallel, or NULL */
    bool failed, again;
    int jobs, seconds; /* at a time; for one */
    int megabytes;     /* for all processes of one */
};

/* ---- batch_result.c: what a job came to ---- */

struct batch_result {
    char *result; /* "converted", or what went wrong; NULL: it has not ended */
    char *cause, *key; /* one line; of what it was made from */
    double seconds, cpu_seconds;
};
struct batch_job {
    const char *app;
    const struct target *target;
    char *name, *dir;
    struct batch_result last; /* as its folder has it */
};
/* What the result of a job depends on, beside its own folder of the corpus. */
char *batch_tools_key(const char *arch);
char *batch_key(const struct batch_job *j, const char *tools);
void batch_read(struct batch_job *j);
bool batch_converted(const struct batch_job *j);
/* The job's own file as one line of JSON; NULL: there is none. */
char *batch_line(const struct batch_job *j);

/* How a supervised command ended. */
struct batch_end {
    const char *limit; /* "time", "memory", or NULL */
    int status;        /* as of run() */
    double seconds, cpu_seconds;
    long peak_kib; /* of all its processes */
};
void batch_write(const struct batch_job *j, const struct batch_options *o,
                 const char *key, const struct batch_end *end);

/* ---- batch_job.c: one job, with its limits ---- */

/* Runs it in this process. False: it was to end before its time. */
bool batch_work(const struct batch_options *o, const struct batch_job *j,
                const char *key);

/* ---- batch_run.c: all of them, on this machine or on others ---- */

/* Those that are due: stb_ds array. False: it was interrupted. */
bool batch_run(const struct batch_options *o, struct batch_job **due);

/* ---- batch_show.c: what the user sees ---- */

void batch_show_start(const struct batch_options *o, struct batch_job **due);
/* It has ended: j->last is new. */
void batch_show_end(const struct batch_options *o, const struct batch_job *j);
/* While they run: names of some. */
void batch_show_running(struct batch_job *const *running, size_t n);
void batch_show_table(const struct batch_options *o, struct batch_job *all,
                      const bool *chosen);

#endif
