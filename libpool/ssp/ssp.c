/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ssp.c: the guard that functions with arrays put above them.
 *
 * Set once before constructors, by code that has no guard itself, nor has the
 * platform any. Its lowest byte is zero, so that no string carries it. Where
 * the machine has no random bytes, a counter and an address must do.
 */
#include <stdint.h>
#include <uc/platform.h>

uintptr_t __stack_chk_guard = (uintptr_t)0x2f6b1d95c3a7e400u;

void uc_ssp_init(void);
_Noreturn void __stack_chk_fail(void);

__attribute__((no_stack_protector)) void uc_ssp_init(void)
{
    uintptr_t guard;

    if (uc_plat_random(&guard, sizeof guard) < 0)
        guard = (uintptr_t)uc_plat_ticks() * 2654435769u ^ (uintptr_t)&guard;
    __stack_chk_guard = guard & ~(uintptr_t)0xff;
}

_Noreturn void __stack_chk_fail(void)
{
    static const char message[] = "unicore: stack smashing detected\n";

    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(134); /* as abort() */
}
