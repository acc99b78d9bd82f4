/* SPDX-License-Identifier: BSD-2-Clause */
/* Constants cannot be executed. */
#include "../Inputs/tiny.h"

static const char table[] = {(char)0xc3, 1, 2, 3};

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    void (*f)(void) = (void (*)(void))(uintptr_t)table;

    HIDE(f);
    f();
    say("survived");
    return 0;
}
