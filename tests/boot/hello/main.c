/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints, ends; also with the least memory. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    say("Hello, world\n");
    return 0;
}
