/* SPDX-License-Identifier: BSD-2-Clause */
/* signal.h: what waiting has to know of signals (posix/core signal.c). */
#ifndef UC_SIGNAL_H
#define UC_SIGNAL_H

#include <stdbool.h>

/* A signal is pending that this thread does not block. */
bool uc_signal_waits(void);

/*
 * Runs the handlers of such signals; they may leave by longjmp. True if each
 * has SA_RESTART, or none ran.
 */
bool uc_signal_deliver(void);

/* Sends sig to the process, from within: 0. */
long uc_signal_raise(int sig);

/*
 * Makes sig pending, as kill sends it, for t or, with NULL, for the process: 0,
 * -EAGAIN. Delivers nothing: for poll steps.
 */
struct task;
long uc_signal_post_plain(int sig, struct task *t);

#endif
