/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: the processor's generator, RNDRRS. */
#include <linux/errno.h>
#include <stdbool.h>
#include <uc/platform.h>

#include "cpu.h"

/* One word; false where the instruction does not exist or has run dry. */
static bool word(uint64_t *v)
{
    enum {
        TRIES = 1000
    };
    bool ok = false;

    if (!(cpu_read(id_aa64isar0_el1) >> 60))
        return false;
    for (int i = 0; i < TRIES && !ok; i++)
        __asm__ volatile("mrs %0, s3_3_c2_c4_1" : "=r"(*v), "=@ccne"(ok));
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
