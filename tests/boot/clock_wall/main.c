/* SPDX-License-Identifier: BSD-2-Clause */
/* A second of the machine is a second of the computer that it runs on. */
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
    wait(1000000000);
    say("waited\n");
    return 0;
}
