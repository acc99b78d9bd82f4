/* SPDX-License-Identifier: BSD-2-Clause */
/* arch.h: what little the pool's C code must know of the processor. */
#ifndef UC_ARCH_H
#define UC_ARCH_H

#if defined(__x86_64__)
#define UC_MACHINE "x86_64"               /* as uname says it */
#define UC_OLD(use, n, name) use(n, name) /* its table has SYS_OLD calls */
#else
#error "no name for this architecture"
#endif

#endif
