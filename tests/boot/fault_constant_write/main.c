/* SPDX-License-Identifier: BSD-2-Clause */
/* Constants cannot be written. */
#include "../Inputs/tiny.h"

static const int table[] = {1, 2, 3, 5, 7, 11};

int main(int argc, char **argv, char **env)
{
    (void)argc, (void)argv, (void)env;
    volatile int *p = (volatile int *)(uintptr_t)table;

    HIDE(p);
    p[2] = 1;
    say_number((unsigned long)table[argc]);
    say("survived");
    return 0;
}
