/* SPDX-License-Identifier: BSD-2-Clause */
/* fputs.c: a string to a stream. puts is newlib's, which is smaller alone. */
#include <stdio.h>
#include <string.h>

#include "local.h"

int fputs(const char *restrict s, FILE *restrict f)
{
    return __sfputs_r(_REENT, f, s, strlen(s));
}

int fputs_unlocked(const char *restrict s, FILE *restrict f)
{
    return fputs(s, f);
}
