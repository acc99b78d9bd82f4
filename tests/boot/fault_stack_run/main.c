/* SPDX-License-Identifier: BSD-2-Clause */
/* The stack cannot be executed. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    volatile char code[16];
    void (*f)(void) = (void (*)(void))(uintptr_t)code;

    code[0] = (char)0xc3;
    HIDE(f);
    f();
    say("survived");
    return 0;
}
