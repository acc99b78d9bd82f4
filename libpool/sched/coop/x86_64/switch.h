/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stdint.h>

struct switch_frame {
    uint32_t mxcsr, x87; /* modes of floating point */
    uint64_t r15, r14, r13, r12, rbx, rbp, back;
};

#define SWITCH_THREAD rbx
#define SWITCH_BASE rbp
#define SWITCH_BACK back

static inline void switch_modes(struct switch_frame *f)
{
    __asm__("stmxcsr %0" : "=m"(f->mxcsr));
    __asm__("fnstcw %0" : "=m"(f->x87));
}

#endif
