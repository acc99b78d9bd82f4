/* SPDX-License-Identifier: BSD-2-Clause */
/* The heap cannot be executed. */
#include "../Inputs/tiny.h"

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    char *base;
    size_t size;

    uc_plat_heap(&base, &size);
    *base = (char)0xc3;
    void (*f)(void) = (void (*)(void))(uintptr_t)base;
    HIDE(f);
    f();
    say("survived");
    return 0;
}
