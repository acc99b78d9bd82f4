/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.h: a place to come back to (mark.S). */
#ifndef UC_MARK_H
#define UC_MARK_H

#include <stdint.h>

/* What a call may not change; the memory from sp up belongs to it. */
struct mark {
    uint64_t f20, f22, f24, f26, f28, f30;
    uint32_t s0, s1, s2, s3, s4, s5, s6, s7, s8, back, sp, fcsr;
};

/* 0; and once more, when it is gone back to, what that says. */
__attribute__((returns_twice)) long uc_mark(struct mark *m);
_Noreturn void uc_go_back(const struct mark *m, long result);

/* Goes on in f, on the stack that ends at `stack`. */
_Noreturn void uc_go_on(void *stack, void (*f)(void));

#endif
