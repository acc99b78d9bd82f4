/* SPDX-License-Identifier: BSD-2-Clause */
/* strtok.c: words of a string, which it remembers. */
#include <string.h>

char *strtok(char *restrict text, const char *restrict between)
{
    static char *rest;

    return strtok_r(text, between, &rest);
}
