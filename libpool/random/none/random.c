/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: no random bytes, and never bytes that only look random. */
#include <linux/errno.h>
#include <uc/random.h>

int uc_random(void *p, size_t n)
{
    (void)p, (void)n;
    return -ENOSYS;
}
