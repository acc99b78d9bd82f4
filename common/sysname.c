/* SPDX-License-Identifier: BSD-2-Clause */
/* sysname.c: Linux system call numbers, from the kernel's own headers. */
#include "sysname.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *arch;
    int number;
    const char *name;
} numbers[] = {
#define SYS(arch, number, name) {arch, number, name},
#include "sys_table.inc"
#undef SYS
};

int sysname_enosys(const char *arch)
{
    return strncmp(arch, "mips", 4) == 0 ? 89 : 38;
}

const char *sysname(const char *arch, long long number)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].number == number && !strcmp(numbers[i].arch, arch))
            return numbers[i].name;
    return NULL;
}
