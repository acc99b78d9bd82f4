/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the contract of role console: descriptors 0, 1 and 2. */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include <stddef.h>
#include <uc/sched.h>

/* As read(0): waits for the first byte, 0 at the end of input; -EINTR. */
long uc_console_read(void *p, size_t n);

/*
 * POLL* bits for reading; without console/event, which is chosen where others
 * could go on meanwhile, input is always said to be there. The queue is woken
 * when it comes.
 */
unsigned uc_console_state(void);
struct uc_queue *uc_console_queue(void);

/* Writes all n bytes. */
void uc_console_write(const void *p, size_t n);

#endif
