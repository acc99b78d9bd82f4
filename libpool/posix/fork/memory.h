/* SPDX-License-Identifier: BSD-2-Clause */
/* memory.h: the parent's memory, for fork.c. */
#ifndef UC_FORK_MEMORY_H
#define UC_FORK_MEMORY_H

#include "fork.h"

/* Copies all memory of the program, its stack from sp up: 0, -ENOMEM. */
long uc_copy_make(char *sp);

/*
 * Makes it what it was, on a stack that is none of the program's, and drops
 * the copy. What the child has got since is given back.
 */
void uc_copy_restore(void);

#endif
