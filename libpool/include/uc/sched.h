/* SPDX-License-Identifier: BSD-2-Clause */
/* sched.h: the contract of role sched. */
#ifndef UC_SCHED_H
#define UC_SCHED_H

#include <stdint.h>

/* Lets another thread run. */
void uc_sched_yield(void);

/*
 * Waits until another thread wakes this one, at most ns nanoseconds
 * (UINT64_MAX: for ever). Without another thread, waiting for ever ends the
 * program with a message: nothing could ever end the wait.
 */
void uc_sched_wait(uint64_t ns);

#endif
