/* SPDX-License-Identifier: BSD-2-Clause */
/* What the compiler traps has the status of SIGILL. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    if (argc)
        __builtin_trap();
    say("survived");
    return 0;
}
