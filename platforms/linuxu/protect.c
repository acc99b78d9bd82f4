/* SPDX-License-Identifier: BSD-2-Clause */
/* protect.c: what pages may be used for: the kernel keeps it. */
#include <asm/unistd.h>
#include <linux/mman.h>
#include <uc/platform.h>
#include <uc/raw.h>

int uc_plat_protect(char *p, size_t n, int access, char *(*page)(void))
{
    long may = PROT_NONE;

    (void)page;
    if (access != UC_ACCESS_NONE)
        may = access == UC_ACCESS_READ ? PROT_READ : PROT_READ | PROT_WRITE;
    return (int)uc_raw3(__NR_mprotect, (long)p, (long)n, may);
}
