/* SPDX-License-Identifier: BSD-2-Clause */
/* atoi.c: decimal numbers, nothing checked; what does not fit wraps. */
#include <ctype.h>
#include <stdlib.h>

long atol(const char *p)
{
    unsigned long n = 0;
    int minus;

    while (isspace(*p))
        p++;
    minus = *p == '-';
    p += *p == '-' || *p == '+';
    while (isdigit(*p))
        n = 10 * n + (unsigned)(*p++ - '0');
    return (long)(minus ? -n : n);
}

int atoi(const char *p)
{
    return (int)atol(p);
}

long long atoll(const char *p)
{
    return atol(p);
}
