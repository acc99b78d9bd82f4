/* SPDX-License-Identifier: BSD-2-Clause */
/* Any status reaches the shell. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    int status = 0;

    (void)env;
    for (const char *s = argc > 1 ? argv[1] : ""; *s; s++)
        status = status * 10 + *s - '0';
    return status;
}
