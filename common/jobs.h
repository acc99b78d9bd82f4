/* SPDX-License-Identifier: BSD-2-Clause */
/* jobs.h: several jobs at a time, each in a process of its own. */
#ifndef UC_JOBS_H
#define UC_JOBS_H

#include <stdbool.h>
#include <stddef.h>

enum jobs_end { /* as exit codes say it */
    JOBS_DONE,
    JOBS_FAILED, /* some returned false, or exited with 1 */
    JOBS_OURS    /* some ended in another way */
};
/*
 * Runs work(data, 0) to work(data, n - 1), at_once of them at a time, each in
 * a child, all to their ends; how they ended. What several say is said once.
 * name(data, i) is what a job is called that ends by a signal.
 */
enum jobs_end jobs_run(int at_once, size_t n,
                       bool (*work)(const void *, size_t),
                       const char *(*name)(const void *, size_t),
                       const void *data);

/* The number of an option -j; dies if it is none. */
int jobs_option(const char *s);

#endif
