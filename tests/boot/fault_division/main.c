/* SPDX-License-Identifier: BSD-2-Clause */
/* Division by zero is reported, and has the status of SIGFPE. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    int zero = 0;

    HIDE(zero);
    say_number((unsigned long)(argc / zero));
    say("survived");
    return 0;
}
