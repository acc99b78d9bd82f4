/* SPDX-License-Identifier: BSD-2-Clause */
/* Code cannot be written. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    volatile char *p = (volatile char *)(uintptr_t)main;

    HIDE(p);
    *p = 1;
    say("survived");
    return 0;
}
