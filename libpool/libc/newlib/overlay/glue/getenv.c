/* SPDX-License-Identifier: BSD-2-Clause */
/* getenv.c: a variable of the environment. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **__environ;

char *getenv(const char *name)
{
    size_t n = strcspn(name, "=");

    if (n && !name[n] && __environ)
        for (char **e = __environ; *e; e++)
            if (!strncmp(name, *e, n) && (*e)[n] == '=')
                return *e + n + 1;
    return NULL;
}
