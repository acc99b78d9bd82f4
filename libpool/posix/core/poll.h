/* SPDX-License-Identifier: BSD-2-Clause */
/* poll.h: what poll.c and epoll.c share. */
#ifndef UC_POSIX_POLL_H
#define UC_POSIX_POLL_H

#include <uc/sched.h>

#include "core.h"

unsigned uc_poll_state(struct file *f); /* POLL* bits */

/* Runs the poll steps (uc/sched.h) if it is time; true: look again. */
bool uc_poll_steps_run(bool ready);

/* ---- signal.c: a mask of blocked signals for the time of a call ---- */

/* mask, if not 0, points to one of `size` bytes: 0 or -EINVAL. */
long uc_signal_mask_begin(long mask, long size, sigbits *before);
void uc_signal_mask_end(long mask, sigbits before);

#endif
