/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <uc/sched.h>

struct switch_frame {
    uint64_t fcsr, ra;
    uint64_t s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
    uint64_t fs[12];
};

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in s1. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static inline void *switch_frame(void *stack, struct thread *t)
{
    uintptr_t end = (uintptr_t)stack & -(uintptr_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    __asm__("frcsr %0" : "=r"(f->fcsr));
    f->s1 = (uintptr_t)t;
    f->s0 = 0;
    f->ra = (uintptr_t)uc_switch_begin;
    return f;
}

#endif
