/* SPDX-License-Identifier: BSD-2-Clause */
/* string.c: what platforms need of <uc/string.h>, byte by byte. */
#include <uc/string.h>

#define ITSELF __attribute__((no_builtin, used))

ITSELF void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((char *)to)[i] = ((const char *)from)[i];
    return to;
}

ITSELF void *memset(void *p, int c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((char *)p)[i] = (char)c;
    return p;
}

ITSELF int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *s = a, *t = b;

    for (; n && *s == *t; n--)
        s++, t++;
    return n ? *s - *t : 0;
}

ITSELF size_t strlen(const char *s)
{
    size_t n = 0;

    while (s[n])
        n++;
    return n;
}

/* libgcc's division by zero asks for it. */
int raise(int signal);
ITSELF int raise(int signal)
{
    (void)signal;
    __builtin_trap();
}
