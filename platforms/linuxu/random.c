/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: the kernel's random bytes. */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <uc/platform.h>
#include <uc/raw.h>

int uc_plat_random(void *p, size_t n)
{
    char *s = p;

    while (n) {
        long got = uc_raw3(__NR_getrandom, (long)s, (long)n, 0);
        if (got < 0 && got != -EINTR)
            return -ENOSYS;
        if (got > 0) {
            s += got;
            n -= (size_t)got;
        }
    }
    return 0;
}
