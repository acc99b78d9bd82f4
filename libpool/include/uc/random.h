/* SPDX-License-Identifier: BSD-2-Clause */
/* random.h: the contract of role random. */
#ifndef UC_RANDOM_H
#define UC_RANDOM_H

#include <stddef.h>

/* Fills p with unpredictable bytes; 0; -ENOSYS where there are none; -EIO: the
 * device that makes them broke. It may wait. */
int uc_random(void *p, size_t n);

#endif
