/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A counter of 32 bits goes round while nobody looks, and the time is right:
 * a hundred times as much work takes a hundred times as long.
 */
#include "../Inputs/tiny.h"

static uint64_t spin(unsigned n)
{
    uint64_t begin = uc_plat_clock_ns();

    for (volatile unsigned i = 0; i < n; i++)
        ;
    return (uc_plat_clock_ns() - begin) / 1000000;
}

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    spin(1000);
    unsigned few = (unsigned)spin(100000), many = (unsigned)spin(10000000);

    say_number(many / 1000);
    say(" s\n");
    return few * 98 > many || few * 102 < many;
}
