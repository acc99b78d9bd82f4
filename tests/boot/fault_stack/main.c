/* SPDX-License-Identifier: BSD-2-Clause */
/* Recursion without end is reported as such, at each size of memory. */
#include "../Inputs/tiny.h"

__attribute__((noinline)) static unsigned long deeper(unsigned long n)
{
    volatile char frame[500];

    frame[0] = (char)n;
    HIDE(n);
    return n ? deeper(n + 1) + (unsigned long)frame[0] : 0;
}

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    say_number(deeper(1));
    return 0;
}
