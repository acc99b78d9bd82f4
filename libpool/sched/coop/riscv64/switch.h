/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stdint.h>

struct switch_frame {
    uint64_t fcsr, ra;
    uint64_t s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
    uint64_t fs[12];
};

#define SWITCH_THREAD s1
#define SWITCH_BASE s0
#define SWITCH_BACK ra

static inline void switch_modes(struct switch_frame *f)
{
    __asm__("frcsr %0" : "=r"(f->fcsr));
}

#endif
