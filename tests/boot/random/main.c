/* SPDX-License-Identifier: BSD-2-Clause */
/* Random bytes are not the same twice. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    uint64_t a[4] = {0}, b[4] = {0};

    if (uc_plat_random(a, 29) != 0 || uc_plat_random(b, 29) != 0)
        return 1;
    for (int i = 0; i < 3; i++)
        if (!a[i] || a[i] == b[i])
            return 2;
    return (a[3] >> 40) != 0; /* no byte too many */
}
