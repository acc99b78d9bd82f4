/* SPDX-License-Identifier: BSD-2-Clause */
/* rand.c: the sequence that programs see with musl. */
#include <stdint.h>
#include <stdlib.h>

static uint64_t seed;

void srand(unsigned s)
{
    seed = s - 1;
}

int rand(void)
{
    seed = 6364136223846793005ULL * seed + 1;
    return (int)(seed >> 33);
}
