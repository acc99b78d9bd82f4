/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * x87.c: between 128-bit integers and long double, whose mantissa has 64 bits:
 * both halves convert exactly, so their sum is rounded once. Also the rounding
 * mode as the runtime library's quad arithmetic asks for it: to nearest.
 */
typedef __int128 ti;
typedef unsigned __int128 tu;

tu __fixunsxfti(long double a);
ti __fixxfti(long double a);
long double __floatuntixf(tu a);
long double __floattixf(ti a);
int __fe_getround(void);
int __fe_raise_inexact(void);

tu __fixunsxfti(long double a)
{
    if (!(a >= 1))
        return 0;
    unsigned long high = (unsigned long)(a * 0x1p-64L);
    unsigned long low = (unsigned long)(a - high * 0x1p64L);
    return (tu)high << 64 | low;
}

ti __fixxfti(long double a)
{
    return a < 0 ? -(ti)__fixunsxfti(-a) : (ti)__fixunsxfti(a);
}

long double __floatuntixf(tu a)
{
    return (unsigned long)(a >> 64) * 0x1p64L + (unsigned long)a;
}

long double __floattixf(ti a)
{
    return a < 0 ? -__floatuntixf(-(tu)a) : __floatuntixf((tu)a);
}

int __fe_getround(void)
{
    return 0;
}

int __fe_raise_inexact(void)
{
    return 0;
}
