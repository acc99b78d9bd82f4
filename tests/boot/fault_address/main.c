/* SPDX-License-Identifier: BSD-2-Clause */
/* An address that no pointer can have is reported. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    volatile char *p = (volatile char *)0x1234567800000000;

    HIDE(p);
    *p = 1;
    say("survived");
    return 0;
}
