/* SPDX-License-Identifier: BSD-2-Clause */
/* What lies outside of the image is not there. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    unsigned long at = 0;

    (void)env;
    for (const char *s = argc > 1 ? argv[1] : ""; *s; s++)
        at = at * 10 + (unsigned long)(*s - '0');
    say_number(*(volatile unsigned char *)at);
    return 0;
}
