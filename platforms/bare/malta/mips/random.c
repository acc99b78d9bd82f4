/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: neither the machine nor its processor has any. */
#include <linux/errno.h>
#include <uc/platform.h>

int uc_plat_random(void *p, size_t n)
{
    (void)p, (void)n;
    return -ENOSYS;
}
