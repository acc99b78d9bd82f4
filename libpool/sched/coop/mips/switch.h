/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stdint.h>

struct switch_frame {
    uint32_t hole[4]; /* a callee's room for its arguments */
    uint64_t f20, f22, f24, f26, f28, f30;
    uint32_t s0, s1, s2, s3, s4, s5, s6, s7, s8, back, fcsr, end;
};

#define SWITCH_THREAD s0
#define SWITCH_BASE s8
#define SWITCH_BACK back

static inline void switch_modes(struct switch_frame *f)
{
    __asm__("cfc1 %0, $31" : "=r"(f->fcsr));
}

#endif
