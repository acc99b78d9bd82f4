/* SPDX-License-Identifier: BSD-2-Clause */
/* arch.h: what little the pool's C code must know of the processor. */
#ifndef UC_ARCH_H
#define UC_ARCH_H

/* UC_MACHINE: as uname says it; UC_OLD: its table has the SYS_OLD calls. */
#if defined(__x86_64__)
#define UC_MACHINE "x86_64"
#define UC_OLD(use, n, name) use(n, name)
#elif defined(__aarch64__)
#define UC_MACHINE "aarch64"
#define UC_OLD(use, n, name)
#elif defined(__arm__)
#define UC_MACHINE "armv7l"
#define UC_OLD(use, n, name) use(n, name)
#elif defined(__mips__)
#define UC_MACHINE "mips"
#define UC_OLD(use, n, name) use(n, name)
#elif defined(__riscv)
#define UC_MACHINE "riscv64"
#define UC_OLD(use, n, name)
#else
#error "no name for this architecture"
#endif

/* UC_32: its table has the SYS_32 calls. */
#if __SIZEOF_POINTER__ == 4
#define UC_32(use, n, name) use(n, name)
#else
#define UC_32(use, n, name)
#endif

#endif
