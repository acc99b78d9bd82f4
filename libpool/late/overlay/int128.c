/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * int128.c: what the compiler calls for 128-bit remainders, and its report of
 * overflow under -ftrapv. Debian's runtime library has these with a stack
 * protector that reads the guard from %fs, which an image may not have.
 */
typedef __int128 ti;
typedef unsigned __int128 tu;

tu __umodti3(tu a, tu b);
ti __modti3(ti a, ti b);
ti __divmodti4(ti a, ti b, ti *remainder);
_Noreturn void __compilerrt_abort_impl(const char *file, int line,
                                       const char *function);

tu __umodti3(tu a, tu b)
{
    return a - a / b * b; /* one call of __udivti3 */
}

ti __modti3(ti a, ti b)
{
    return a - a / b * b;
}

ti __divmodti4(ti a, ti b, ti *remainder)
{
    ti q = a / b;

    *remainder = a - q * b;
    return q;
}

_Noreturn void __compilerrt_abort_impl(const char *file, int line,
                                       const char *function)
{
    (void)file, (void)line, (void)function;
    __builtin_trap();
}
