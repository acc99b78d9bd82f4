/* SPDX-License-Identifier: BSD-2-Clause */
/* chance.h: what a test of a hostile other end draws by, and what must be so.
 */
#ifndef CHANCE_H
#define CHANCE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

extern uint64_t chance_state; /* the test's; not 0 */

static inline uint32_t chance(uint32_t n) /* 0..n-1 */
{
    chance_state ^= chance_state << 13;
    chance_state ^= chance_state >> 7;
    chance_state ^= chance_state << 17;
    return (uint32_t)(chance_state >> 16) % n;
}

#define MUST(x) ((x) ? (void)0 : must_die(#x, __LINE__))
_Noreturn static inline void must_die(const char *what, int line)
{
    printf("line %d: %s is not so\n", line, what);
    exit(1);
}

#endif
