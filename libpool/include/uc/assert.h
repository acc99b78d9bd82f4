/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * assert.h: programmer errors. CFG_CHECK is the level: 0 none (measured
 * images), 1 preconditions and poison on free, 2 structures are walked.
 */
#ifndef UC_ASSERT_H
#define UC_ASSERT_H

extern const int CFG_CHECK;

#define uc_assert(condition)                                                   \
    do {                                                                       \
        if (CFG_CHECK && !(condition))                                         \
            __builtin_trap();                                                  \
    } while (0)

#endif
