/* SPDX-License-Identifier: BSD-2-Clause */
/* The stack is an eighth of memory, up to 8 MiB. */
#include "../Inputs/tiny.h"

static unsigned long deeper(unsigned long n)
{
    volatile char frame[1024];

    frame[0] = 1;
    return n ? deeper(n - 1) + (unsigned long)frame[0] : 0;
}

int main(int argc, char **argv, char **env)
{
    unsigned long kib = 0;

    (void)env;
    for (const char *s = argc > 1 ? argv[1] : ""; *s; s++)
        kib = kib * 10 + (unsigned long)(*s - '0');
    say_number(deeper(kib * 9 / 10));
    return 0;
}
