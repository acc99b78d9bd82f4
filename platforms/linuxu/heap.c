/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c: one mapping that the kernel backs with memory as it is touched. The
 * largest of 64 GiB, 32 GiB, ... that the process's limits allow.
 */
#include <asm/unistd.h>
#include <linux/mman.h>
#include <uc/platform.h>
#include <uc/raw.h>

void uc_plat_heap(char **base, size_t *size)
{
    static long start;
    static size_t length = (size_t)64 << 30;

    while (!start && length >= 4096) {
        long p = uc_raw6(__NR_mmap, 0, (long)length, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p > 0 || p < -4095)
            start = p;
        else
            length /= 2;
    }
    *base = (char *)start;
    *size = start ? length : 0;
}
