/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * div0.c: what gcc's runtime library calls for a division by zero, which C
 * leaves undefined; its own raises a signal. And the name that its tables for
 * unwinding have, which no image keeps.
 */
_Noreturn void __aeabi_idiv0(void);
_Noreturn void __aeabi_ldiv0(void);
void __aeabi_unwind_cpp_pr0(void);

_Noreturn void __aeabi_idiv0(void)
{
    __builtin_trap();
}

_Noreturn void __aeabi_ldiv0(void)
{
    __builtin_trap();
}

void __aeabi_unwind_cpp_pr0(void)
{
}
