/* SPDX-License-Identifier: BSD-2-Clause */
/* A call of a null pointer is reported. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    void (*f)(void) = NULL;

    HIDE(f);
    f();
    say("survived");
    return 0;
}
