/* SPDX-License-Identifier: BSD-2-Clause */
/* A second of the machine is a second of the computer that it runs on. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    uc_plat_wait(1000000000);
    say("waited\n");
    return 0;
}
