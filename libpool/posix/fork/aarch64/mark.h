/* SPDX-License-Identifier: BSD-2-Clause */
/* mark.h: a place to come back to (mark.S). */
#ifndef UC_MARK_H
#define UC_MARK_H

#include <stdint.h>

/* What a call may not change; the memory from sp up belongs to it. */
struct mark {
    uint64_t x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint64_t sp, fpcr;
};

/* 0; and once more, when it is gone back to, what that says. */
__attribute__((returns_twice)) long uc_mark(struct mark *m);
_Noreturn void uc_go_back(const struct mark *m, long result);

/* Goes on in f, on the stack that ends at `stack`. */
_Noreturn void uc_go_on(void *stack, void (*f)(void));

#endif
