/* SPDX-License-Identifier: BSD-2-Clause */
/* jobs.h: several jobs at a time, each in a process of its own. */
#ifndef UC_JOBS_H
#define UC_JOBS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Runs work(data, 0) to work(data, n - 1), at_once of them at a time, each in
 * a child; false if one of them returned that. What several say is said once.
 * Exits with 2 if one failed for a reason that is ours.
 */
bool jobs_run(int at_once, size_t n, bool (*work)(const void *, size_t),
              const void *data);

/* The number of an option -j; dies if it is none. */
int jobs_option(const char *s);

#endif
