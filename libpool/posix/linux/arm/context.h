/* SPDX-License-Identifier: BSD-2-Clause */
/* context.h: what a signal has interrupted, as the kernel shows it. */
#ifndef UC_CONTEXT_H
#define UC_CONTEXT_H

#include <stdint.h>
#include <uc/ucontext.h>

#define CONTEXT_PC(u) ((u)->uc_mcontext.arm_pc)
#define CONTEXT_MASK(u) ((uint32_t *)&(u)->uc_sigmask)

#endif
