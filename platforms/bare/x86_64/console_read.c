/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_read.c: input, waiting for it. The line keeps its speed, unlike on
 * kvm: there may be wires.
 */
#include <linux/errno.h>
#include <uc/platform.h>

#include "cpu.h"

long uc_plat_console_read(void *p, size_t n)
{
    long got;

    while ((got = uc_plat_console_try(p, n)) == -EAGAIN)
        cpu_pause();
    return got;
}
