/* SPDX-License-Identifier: BSD-2-Clause */
/* An image of 14 MiB, whose end must not be its stack's. */
#include "../Inputs/tiny.h"

static volatile char large[14 << 20];

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    for (unsigned i = 0; i < sizeof large; i += 4096)
        large[i]++;
    uc_plat_console_write("fits\n", 5);
    return 0;
}
