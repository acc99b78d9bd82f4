/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch_show.c: how far it is, what failed, and the table at the end.
 *
 *     [ 37/200] 2 not converted, 12 min left: bc.kvm-x86_64 lua.kvm-x86_64
 *
 * Time left: what each took the last time, or those of this run on average.
 */
#include "batch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct {
    size_t all, ended, bad, guessed;
    double known_left, spent; /* seconds of jobs */
    int at_once;
    FILE *lines;
} state;

static double *expected;      /* of each job that is due; 0: not known */
static struct batch_job **of; /* these */

void batch_show_start(const struct batch_options *o, struct batch_job **due)
{
    state.all = arrlenu(due);
    state.at_once = o->jobs;
    of = due;
    for (size_t i = 0; i < state.all; i++) {
        arrput(expected, due[i]->last.seconds);
        state.known_left += due[i]->last.seconds;
        state.guessed += due[i]->last.seconds == 0;
    }
}

static FILE *lines_file(const struct batch_options *o)
{
    if (o->json && !state.lines) {
        state.lines = strcmp(o->json, "-") ? fopen(o->json, "we") : stdout;
        if (!state.lines)
            die("--json: %s: cannot be written", o->json);
    }
    return state.lines;
}

void batch_show_end(const struct batch_options *o, const struct batch_job *j)
{
    for (size_t i = 0; i < state.all; i++)
        if (of[i] == j) {
            state.known_left -= expected[i];
            state.guessed -= expected[i] == 0;
            state.ended++;
            state.spent += j->last.seconds;
        }
    if (!batch_converted(j)) {
        state.bad++;
        if (verbosity >= 0 && (!o->json || strcmp(o->json, "-") != 0)) {
            progress_end();
            printf("%s: %s: %s\n", j->name,
                   j->last.result ? j->last.result : "ended",
                   j->last.cause ? j->last.cause : "no result");
        }
    }
    if (lines_file(o)) {
        char *line = batch_line(j);
        if (line)
            fprintf(state.lines, "%s\n", line);
        free(line);
        fflush(state.lines);
    }
}

static char *time_left(void)
{
    double mean = state.ended ? state.spent / (double)state.ended : 0;
    double s = (state.known_left + (double)state.guessed * mean) /
               (double)state.at_once;

    if (state.guessed && !state.ended)
        return xstrdup("");
    return s < 90 ? format(", %.0f s left", s)
                  : format(", %.0f min left", s / 60);
}

void batch_show_running(struct batch_job *const *running, size_t n)
{
    char *left = time_left();
    struct buf names = {0};

    buf_str(&names, "");
    for (size_t i = 0; i < n; i++)
        buf_printf(&names, "%s%s", i ? " " : ": ", running[i]->name);
    progress("[%3zu/%zu] %zu not converted%s%s", state.ended, state.all,
             state.bad, left, names.p ? names.p : "");
    buf_free(&names);
    free(left);
}

void batch_show_table(const struct batch_options *o, struct batch_job *all,
                      const bool *chosen)
{
    if (o->json && !strcmp(o->json, "-"))
        return;
    for (size_t t = 0; t < arrlenu(o->targets); t++) {
        size_t n = 0, good = 0;
        double cpu = 0;
        for (size_t i = 0; i < arrlenu(all); i++) {
            if (!chosen[i] || all[i].target != &o->targets[t])
                continue;
            n++;
            good += batch_converted(&all[i]);
            cpu += all[i].last.cpu_seconds;
        }
        printf("%-16s %3zu of %zu converted, %.0f s CPU\n", o->targets[t].name,
               good, n, cpu);
    }
}
