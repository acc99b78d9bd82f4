/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: the processor's generator, RDSEED or else RDRAND. */
#include <linux/errno.h>
#include <stdbool.h>
#include <uc/platform.h>

#include "cpu.h"

enum {
    RDRAND = 1 << 30,
    RDSEED = 1 << 18,
    TRIES = 1000
};

/* One word; false where the instruction does not exist or has run dry. */
static bool word(uint64_t *v)
{
    bool seed = cpu_id(0).a >= 7 && cpu_id(7).b & RDSEED;
    bool ok = false;

    if (!seed && !(cpu_id(1).c & RDRAND))
        return false;
    for (int i = 0; i < TRIES && !ok; i++) {
        if (seed)
            __asm__ volatile("rdseed %0" : "=r"(*v), "=@ccc"(ok));
        else
            __asm__ volatile("rdrand %0" : "=r"(*v), "=@ccc"(ok));
    }
    return ok;
}

int uc_plat_random(void *p, size_t n)
{
    unsigned char *s = p;

    while (n) {
        uint64_t v;
        if (!word(&v))
            return -ENOSYS;
        for (int i = 0; i < 8 && n; i++, n--, v >>= 8)
            *s++ = (unsigned char)v;
    }
    return 0;
}
