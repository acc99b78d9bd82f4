/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c: one mapping that the kernel backs with memory as it is touched. The
 * largest of 64 GiB (1 GiB with 32-bit addresses), 32 GiB, ... that the
 * process's limits allow.
 */
#include <asm/unistd.h>
#include <linux/mman.h>
#include <uc/platform.h>
#include <uc/raw.h>

#ifdef __NR_mmap2 /* the same but for the unit of the offset, which is 0 */
#define NR_MMAP __NR_mmap2
#else
#define NR_MMAP __NR_mmap
#endif

static const int large = sizeof(void *) == 8;

void uc_plat_heap(char **base, size_t *size)
{
    static long start;
    static size_t length = (size_t)1 << (large ? 36 : 30);

    while (!start && length >= 4096) {
        long p = uc_raw6(NR_MMAP, 0, (long)length, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (p > 0 || p < -4095)
            start = p;
        else
            length /= 2;
    }
    *base = (char *)start;
    *size = start ? length : 0;
}
