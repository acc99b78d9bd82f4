/* SPDX-License-Identifier: BSD-2-Clause */
/* Echoes all of its input, then sees the end, and sees it again. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    static char buffer[1000];
    long n;

    while ((n = uc_plat_console_read(buffer, sizeof buffer)) > 0)
        uc_plat_console_write(buffer, (size_t)n);
    return uc_plat_console_read(buffer, 1) == 0 ? 0 : 1;
}
