/* SPDX-License-Identifier: BSD-2-Clause */
/* run_count.h: memory that run_kvm.c shares with the counter in QEMU. */
#ifndef UC_RUN_COUNT_H
#define UC_RUN_COUNT_H

#include <stdint.h>

struct count_shared {
    int64_t now;    /* instructions executed since the machine's reset */
    int64_t entry;  /* `now` before the image's first one; -1: not yet */
    int64_t output; /* `now` when the marker was complete; -1: not yet */
};

#endif
