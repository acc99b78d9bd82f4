/* SPDX-License-Identifier: BSD-2-Clause */
/* context.h: what a signal has interrupted, as the kernel shows it. */
#ifndef UC_CONTEXT_H
#define UC_CONTEXT_H

#include <asm/sigcontext.h>
#include <asm/signal.h>
#include <stdint.h>

/* The kernel's, which its headers do not have. */
struct ucontext {
    unsigned long uc_flags;
    struct ucontext *uc_link;
    stack_t uc_stack;
    struct sigcontext uc_mcontext;
    uint32_t uc_sigmask[2];
};

#define CONTEXT_PC(u) ((u)->uc_mcontext.arm_pc)
#define CONTEXT_MASK(u) ((uint32_t *)&(u)->uc_sigmask)

#endif
