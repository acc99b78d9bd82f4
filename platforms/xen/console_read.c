/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_read.c: input, waiting for it. Xen tells of its own console's by an
 * event only if asked to; the first domain looks every 10 ms.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "console.h"

enum {
    LOOK_NS = 10000000
};

long uc_plat_console_read(void *p, size_t n)
{
    uint64_t wait = uc_xen_ring()->shared ? UINT64_MAX : LOOK_NS;
    long got;

    while ((got = uc_plat_console_try(p, n)) == -EAGAIN)
        uc_plat_wait(wait);
    return got;
}
