/* SPDX-License-Identifier: BSD-2-Clause */
/* Boots with 64 KiB above 1 MiB, and has a heap even there. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    char *base;
    size_t size;

    uc_plat_heap(&base, &size);
    say(size >= 65536 ? "enough" : "little");
    return 0;
}
