/* SPDX-License-Identifier: BSD-2-Clause */
/* tiny.c: what the boot tests need of a libc, over uc/platform.h. */
#include <uc/config.h>
#include <uc/platform.h>

#include "../Inputs/tiny.h"

const int CFG_PREEMPT = 0, CFG_SUSPEND = 0, CFG_LAZY = TINY_LAZY; /* build.sh */
volatile char uc_in_pool, uc_put_off;
const int CFG_ARGV = 1, CFG_ENV = 1, CFG_THREADS = 0;

_Noreturn void uc_start(long *sp);

_Noreturn void uc_start(long *sp)
{
    char **argv = (char **)(sp + 1);

    uc_plat_exit(main((int)*sp, argv, argv + *sp + 1));
}

void say(const char *s)
{
    const char *end = s;

    while (*end)
        end++;
    uc_plat_console_write(s, (size_t)(end - s));
}

void say_number(unsigned long v)
{
    if (v >= 10)
        say_number(v / 10);
    uc_plat_console_write(&"0123456789"[v % 10], 1);
}
