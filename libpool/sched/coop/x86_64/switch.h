/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <uc/sched.h>

struct switch_frame {
    uint32_t mxcsr, x87; /* modes of floating point */
    uint64_t r15, r14, r13, r12, rbx, rbp, back;
};

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in rbx. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static inline void *switch_frame(void *stack, struct thread *t)
{
    uint64_t end = (uint64_t)stack & -(uint64_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    __asm__("stmxcsr %0" : "=m"(f->mxcsr));
    __asm__("fnstcw %0" : "=m"(f->x87));
    f->rbx = (uint64_t)t;
    f->rbp = 0;
    f->back = (uint64_t)uc_switch_begin;
    return f;
}

#endif
