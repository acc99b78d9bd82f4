/* SPDX-License-Identifier: BSD-2-Clause */
/* Does not end by itself. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    for (;;)
        __asm__ volatile("");
}
