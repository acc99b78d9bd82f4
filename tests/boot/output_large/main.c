/* SPDX-License-Identifier: BSD-2-Clause */
/* A megabyte of output arrives whole. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    static char line[64];

    for (int i = 0; i < 63; i++)
        line[i] = (char)('!' + i);
    line[63] = '\n';
    for (int i = 0; i < 16384; i++)
        uc_plat_console_write(line, 64);
    say("end\n");
    return 0;
}
