/* SPDX-License-Identifier: BSD-2-Clause */
/* switch.h: what uc_switch (switch.S) keeps on the stack of a thread. */
#ifndef UC_SWITCH_H
#define UC_SWITCH_H

#include <uc/sched.h>

struct switch_frame {
    uint64_t fpcr, hole;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint64_t x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30;
};

/* Goes on where the frame at `to` was made; the one that is left is *save. */
void uc_switch(void **save, void *to);
/* Calls uc_switch_begun with what is in x19. */
void uc_switch_begin(void);
_Noreturn void uc_switch_begun(struct thread *t);

/* The frame of a thread that has not run yet; the modes are the caller's. */
static inline void *switch_frame(void *stack, struct thread *t)
{
    uintptr_t end = (uintptr_t)stack & -(uintptr_t)16;
    struct switch_frame *f = (struct switch_frame *)end - 1;

    __asm__("mrs %0, fpcr" : "=r"(f->fpcr));
    f->x19 = (uintptr_t)t;
    f->x29 = 0;
    f->x30 = (uintptr_t)uc_switch_begin;
    return f;
}

#endif
