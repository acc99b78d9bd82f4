/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.h: a place to come back to (mark.S). */
#ifndef UC_MARK_H
#define UC_MARK_H

#include <stdint.h>

/* What a call may not change; the memory from sp up belongs to it. */
struct mark {
    uint64_t ra, sp, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
    uint64_t fs[12], fcsr;
};

/* 0; and once more, when it is gone back to, what that says. */
__attribute__((returns_twice)) long uc_mark(struct mark *m);
_Noreturn void uc_go_back(const struct mark *m, long result);

/* Goes on in f, on the stack that ends at `stack`. */
_Noreturn void uc_go_on(void *stack, void (*f)(void));

#endif
