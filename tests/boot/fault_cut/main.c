/* SPDX-License-Identifier: BSD-2-Clause */
/* A call of what was cut is reported with its number. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    void (*f)(void) = (void (*)(void))0x1234;

    HIDE(f);
    f();
    say("survived");
    return 0;
}
