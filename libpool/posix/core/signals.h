/* SPDX-License-Identifier: BSD-2-Clause */
/* signals.h: what signal.c gives to others of posix/core. */
#ifndef UC_POSIX_SIGNALS_H
#define UC_POSIX_SIGNALS_H

#include <asm/siginfo.h>
#include <uc/sched.h>

#include "core.h"

/* Makes a signal pending that has a value; delivers nothing: 0, -EAGAIN. */
long uc_signal_post(const siginfo_t *info);

/* What waits of a timer's signal; NULL: nothing. */
siginfo_t *uc_signal_queued(int sig, int timer);

/* Woken by each signal that becomes pending. */
struct uc_queue *uc_signal_queue(void);
bool uc_signal_any(uint64_t mask); /* one of the mask is pending */
/* Takes the first pending one of the mask; false: none. */
bool uc_signal_take(uint64_t mask, siginfo_t *info);

#endif
