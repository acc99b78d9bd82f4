/* SPDX-License-Identifier: BSD-2-Clause */
/* section.c: is a thread inside of the pool, and what was put off for that? */
#include <uc/pool.h>

volatile char uc_in_pool = 1, uc_put_off;
