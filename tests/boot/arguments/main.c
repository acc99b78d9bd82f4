/* SPDX-License-Identifier: BSD-2-Clause */
/* Arguments and environment arrive byte by byte. */
#include "../Inputs/tiny.h"

static void show(const char *kind, char **list)
{
    for (; *list; list++) {
        say(kind);
        say("=<");
        say(*list);
        say(">\n");
    }
}

int main(int argc, char **argv, char **env)
{
    say_number((unsigned long)argc);
    say("\n");
    show("arg", argv);
    show("env", env);
    return 0;
}
