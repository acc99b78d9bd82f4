/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * int128.c: what the compiler calls for 128-bit remainders, and its report of
 * overflow under -ftrapv. Debian's runtime library has these with a stack
 * protector that reads the guard from %fs, which an image may not have.
 *
 * The remainder comes from the runtime library's division, which yields both
 * and is the one function under all of them. It is never computed here as
 * a - a / b * b: the compiler makes that a % b, which is a call of __umodti3.
 */
typedef __int128 ti;
typedef unsigned __int128 tu;

tu __udivmodti4(tu a, tu b, tu *remainder);
tu __umodti3(tu a, tu b);
ti __modti3(ti a, ti b);
ti __divmodti4(ti a, ti b, ti *remainder);
_Noreturn void __compilerrt_abort_impl(const char *file, int line,
                                       const char *function);

static tu magnitude(ti a)
{
    return a < 0 ? -(tu)a : (tu)a;
}

tu __umodti3(tu a, tu b)
{
    tu r;

    __udivmodti4(a, b, &r);
    return r;
}

/* Rounds towards zero: the remainder has the sign of a. */
ti __divmodti4(ti a, ti b, ti *remainder)
{
    tu r, q = __udivmodti4(magnitude(a), magnitude(b), &r);

    *remainder = (ti)(a < 0 ? -r : r);
    return (ti)((a < 0) != (b < 0) ? -q : q);
}

ti __modti3(ti a, ti b)
{
    ti r;

    __divmodti4(a, b, &r);
    return r;
}

_Noreturn void __compilerrt_abort_impl(const char *file, int line,
                                       const char *function)
{
    (void)file, (void)line, (void)function;
    __builtin_trap();
}
