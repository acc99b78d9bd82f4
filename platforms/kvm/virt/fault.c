/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault.c: the last words of a program that went wrong, one line:
 *
 *     unicore: fault 14 error=2 ip=40100a30 sp=7ffffff0 flags=... address=0 ...
 *
 * The vector is decimal, all else hexadecimal. unicore-run explains it.
 */
#include <uc/platform.h>

#include "trap.h"

static void put(char c)
{
    uc_plat_console_write(&c, 1);
}

static void put_number(uintptr_t v, unsigned base)
{
    if (v >= base)
        put_number(v / base, base);
    put("0123456789abcdef"[v % base]);
}

_Noreturn void uc_fault(const struct trap *t, const struct fault *f)
{
    const uintptr_t head[] = {f->vector, f->error, t->pc,
                              t->sp,     t->state, f->address};
    const char *s = "\nunicore: fault % error=% ip=% sp=% flags=% address=%";

    if (uc_leaving)
        uc_plat_exit(0);
    for (int i = 0; *s; s++) {
        if (*s == '%') {
            put_number(head[i], i ? 16 : 10);
            i++;
        } else {
            put(*s);
        }
    }
    for (unsigned i = 0; i < TRAP_REGISTERS; i++) {
        put(' ');
        put(TRAP_NAME);
        put_number(TRAP_FIRST + i, 10);
        put('=');
        put_number(TRAP_REGISTER(t, i), 16);
    }
    put('\n');
    uc_plat_exit(139); /* as a shell shows SIGSEGV */
}
