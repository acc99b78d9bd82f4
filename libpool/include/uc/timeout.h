/* SPDX-License-Identifier: BSD-2-Clause */
/* timeout.h: what is to be done at a time, by a poll step (uc/sched.h). */
#ifndef UC_TIMEOUT_H
#define UC_TIMEOUT_H

#include <stdint.h>

/* All zero: not set. */
struct uc_timeout {
    struct uc_timeout *next, **link;
    uint64_t at;                        /* of uc_clock_mono */
    void (*fire)(struct uc_timeout *t); /* no longer set; must not block */
};

/* Sets it, again if it is set. */
void uc_timeout_set(struct uc_timeout *t, uint64_t at);
void uc_timeout_stop(struct uc_timeout *t); /* or does nothing */

/* Fires what is due; when the next one is. */
uint64_t uc_timeout_poll(void);

#endif
