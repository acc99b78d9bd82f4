/* SPDX-License-Identifier: BSD-2-Clause */
/* Time passes as it should. */
#include "../Inputs/tiny.h"

static void wait(uint64_t ns)
{
    uint64_t begin = uc_plat_clock_ns(), past;

    while ((past = uc_plat_clock_ns() - begin) < ns)
        uc_plat_wait(ns - past); /* which may end early */
}

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    uint64_t wall = uc_plat_wall_ns(), start = uc_plat_clock_ns(), end, last;

    wait(50000000);
    end = uc_plat_clock_ns();
    if (end - start < 50000000 || end - start > 5000000000)
        return 1;
    if (wall / 1000000000 < 1577836800 || wall / 1000000000 > 4102444800)
        return 2;
    if (uc_plat_wall_ns() - wall < 50000000)
        return 3;
    last = start;
    for (int i = 0; i < 1000; i++, last = end) {
        end = uc_plat_clock_ns();
        if (end < last)
            return 4;
    }
    say_number(wall / 1000000000);
    return 0;
}
