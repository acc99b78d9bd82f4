/* SPDX-License-Identifier: BSD-2-Clause */
/* random.h: the contract of role random. */
#ifndef UC_RANDOM_H
#define UC_RANDOM_H

#include <stddef.h>

/* Fills p with unpredictable bytes; 0, or -ENOSYS where there are none. */
int uc_random(void *p, size_t n);

#endif
