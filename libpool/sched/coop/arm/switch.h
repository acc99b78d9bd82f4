/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <stdint.h>

struct switch_frame {
    uint32_t fpscr, hole;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint32_t r3, r4, r5, r6, r7, r8, r9, r10, r11, back;
};

#define SWITCH_THREAD r4
#define SWITCH_BASE r11
#define SWITCH_BACK back

static inline void switch_modes(struct switch_frame *f)
{
    __asm__("vmrs %0, fpscr" : "=r"(f->fpscr));
}

#endif
