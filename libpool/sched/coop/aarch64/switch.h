/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stdint.h>

struct switch_frame {
    uint64_t fpcr, hole;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint64_t x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30;
};

#define SWITCH_THREAD x19
#define SWITCH_BASE x29
#define SWITCH_BACK x30

static inline void switch_modes(struct switch_frame *f)
{
    __asm__("mrs %0, fpcr" : "=r"(f->fpcr));
}

#endif
