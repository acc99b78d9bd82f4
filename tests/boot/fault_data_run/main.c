/* SPDX-License-Identifier: BSD-2-Clause */
/* Data cannot be executed. */
#include "../Inputs/tiny.h"

static char bytes[16] = {(char)0xc3};

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    void (*f)(void) = (void (*)(void))(uintptr_t)bytes;

    HIDE(f);
    f();
    say("survived");
    return 0;
}
