/* SPDX-License-Identifier: BSD-2-Clause */
/* cdefs.h: words that glibc's and BSD's headers are written with. */
#ifndef _SYS_CDEFS_H
#define _SYS_CDEFS_H

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
#define __P(args) args
#define __CONCAT(x, y) x##y
#define __STRING(x) #x
#define __THROW
#define __containerof(x, s, m)                                                 \
    ((s *)(void *)((char *)(x) - __builtin_offsetof(s, m)))
#define __offsetof(s, m) __builtin_offsetof(s, m)
#define __nonnull(list) __attribute__((__nonnull__ list))
#define __dead2 __attribute__((__noreturn__))

#endif
