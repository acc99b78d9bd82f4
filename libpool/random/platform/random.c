/* SPDX-License-Identifier: BSD-2-Clause */
/* random.c: the platform's source of unpredictable bytes. */
#include <uc/platform.h>
#include <uc/random.h>

int uc_random(void *p, size_t n)
{
    return uc_plat_random(p, n);
}
