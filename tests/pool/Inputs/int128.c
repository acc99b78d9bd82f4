/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 128-bit quotients and remainders of all pairs of some numbers. Each in a
 * function of its own: side by side a % b would be made of a / b.
 */
#include <stdio.h>

typedef __int128 ti;
typedef unsigned __int128 tu;

static void put(tu x)
{
    printf(" %016llx%016llx", (unsigned long long)(x >> 64),
           (unsigned long long)x);
}

__attribute__((noinline)) static tu udiv(tu a, tu b)
{
    return a / b;
}

__attribute__((noinline)) static tu umod(tu a, tu b)
{
    return a % b;
}

__attribute__((noinline)) static ti sdiv(ti a, ti b)
{
    return a / b;
}

__attribute__((noinline)) static ti smod(ti a, ti b)
{
    return a % b;
}

int main(int argc, char **argv)
{
    tu one = (tu)argc; /* nothing is known when this is compiled */
    tu numbers[] = {one,
                    (tu)97 * one,
                    (tu)1000000007 * one,
                    one << 63,
                    (one << 64) - 1,
                    one << 64,
                    (one << 100) + 1,
                    (one << 100) - 12345,
                    (one << 127) - 1,
                    one << 127};
    int n = sizeof numbers / sizeof *numbers;

    (void)argv;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++)
            for (int sign = 0; sign < 4; sign++) {
                tu a = sign & 1 ? -numbers[i] : numbers[i];
                tu b = sign & 2 ? -numbers[k] : numbers[k];
                put(udiv(a, b));
                put(umod(a, b));
                if (a != one << 127 || b != -one) { /* else an overflow */
                    put((tu)sdiv((ti)a, (ti)b));
                    put((tu)smod((ti)a, (ti)b));
                }
                putchar('\n');
            }
    return 0;
}
