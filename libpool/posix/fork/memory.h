/* SPDX-License-Identifier: BSD-2-Clause */
/* memory.h: the parent's memory, for fork.c. */
#ifndef UC_FORK_MEMORY_H
#define UC_FORK_MEMORY_H

#include "fork.h"

enum {
    AREAS = 3 /* data, bss, stack */
};

struct area {
    char *at, *copy;
    size_t size, pages;
};

struct page {
    char *at, *copy; /* copy NULL: it cannot be read */
    int access;
};

struct copy {
    struct area areas[AREAS];
    struct page *pages;
    size_t count, list_pages;
    uint64_t *mapped; /* pages from mmap */
    char *brk;
};

/* Copies all memory of the program, its stack from sp up: 0, -ENOMEM. */
long uc_copy_make(struct copy *c, char *sp);

/*
 * Makes it what it was, on a stack that is none of the program's, and drops
 * the copy. What was got since is given back.
 */
void uc_copy_restore(struct copy *c);

/* The copy that the child which runs was made with; NULL: no child. */
const struct copy *uc_copy_now(void);

#endif
