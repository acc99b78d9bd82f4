/* SPDX-License-Identifier: BSD-2-Clause */
/* ucontext.h: the kernel's struct ucontext, also where its headers lack it. */
#ifndef UC_UCONTEXT_H
#define UC_UCONTEXT_H

#include <asm/sigcontext.h>
#include <asm/signal.h>

#if defined(__arm__)
#include <stdint.h>

struct ucontext {
    unsigned long uc_flags;
    struct ucontext *uc_link;
    stack_t uc_stack;
    struct sigcontext uc_mcontext;
    uint32_t uc_sigmask[2];
};
#else
#include <asm/ucontext.h>
#endif

#endif
