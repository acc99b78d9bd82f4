/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <uc/sched.h>

struct switch_frame {
    uint32_t fpscr, hole;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint32_t r3, r4, r5, r6, r7, r8, r9, r10, r11, back;
};

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in r4. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static inline void *switch_frame(void *stack, struct thread *t)
{
    uintptr_t end = (uintptr_t)stack & -(uintptr_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    __asm__("vmrs %0, fpscr" : "=r"(f->fpscr));
    f->r4 = (uintptr_t)t;
    f->r11 = 0;
    f->back = (uintptr_t)uc_switch_begin;
    return f;
}

#endif
