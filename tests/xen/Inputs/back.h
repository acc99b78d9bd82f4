/* SPDX-License-Identifier: BSD-2-Clause */
/* back.h: what the tests of front ends have of a back end. */
#ifndef BACK_H
#define BACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uc/mem.h>
#include <uc/xen.h>

#include "chance.h"

/* The page of a reference; NULL: nobody granted that. */
char *back_page(uint32_t ref, bool write);
/* A node of ours, as it was put: -1: it was not. */
long back_node(const char *key);
/* What the back end says in its nodes; ends with NULL. */
struct back_number {
    const char *key;
    uint64_t value;
};
extern const struct back_number *back_numbers;
extern int back_logs;  /* lines on the log */
extern long back_seen; /* notifications */
extern bool back_gone; /* its state is no longer connected */
void back_run(void);   /* the test's: the back end works for a while */

#endif
