/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <uc/sched.h>

struct switch_frame {
    uint32_t hole[4]; /* a callee's room for its arguments */
    uint64_t f20, f22, f24, f26, f28, f30;
    uint32_t s0, s1, s2, s3, s4, s5, s6, s7, s8, back, fcsr, end;
};

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in s0. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static inline void *switch_frame(void *stack, struct thread *t)
{
    uintptr_t end = (uintptr_t)stack & -(uintptr_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    __asm__("cfc1 %0, $31" : "=r"(f->fcsr));
    f->s0 = (uintptr_t)t;
    f->s8 = 0;
    f->back = (uintptr_t)uc_switch_begin;
    return f;
}

#endif
