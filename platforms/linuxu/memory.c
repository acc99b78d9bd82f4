/* SPDX-License-Identifier: BSD-2-Clause */
/* memory.c: memory is the kernel's, which gives it to pages that are touched.
 */
#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/sysinfo.h>
#include <uc/platform.h>
#include <uc/raw.h>

void uc_plat_release(char *p, size_t n)
{
    uc_raw3(__NR_madvise, (long)p, (long)n, MADV_DONTNEED);
}

void uc_plat_memory(uint64_t *all, uint64_t *left)
{
    struct sysinfo s = {0};

    uc_raw1(__NR_sysinfo, (long)&s);
    *all = (uint64_t)s.totalram * s.mem_unit;
    *left = (uint64_t)s.freeram * s.mem_unit;
}
