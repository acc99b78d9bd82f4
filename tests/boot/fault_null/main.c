/* SPDX-License-Identifier: BSD-2-Clause */
/* A write through a null pointer is reported. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    volatile int *p = NULL;

    HIDE(p);
    say("before\n");
    p[2] = 1;
    say("survived");
    return 0;
}
