/* SPDX-License-Identifier: BSD-2-Clause */
/* ctype.c: the C locale, without tables. */
#include <ctype.h>

#undef isalnum
#undef isalpha
#undef isdigit
#undef islower
#undef isupper
#undef isprint
#undef isgraph
#undef isspace
#undef isascii
#undef toascii

static int between(int c, int low, int high)
{
    return (unsigned)c - (unsigned)low <= (unsigned)(high - low);
}

int isdigit(int c)
{
    return between(c, '0', '9');
}

int isupper(int c)
{
    return between(c, 'A', 'Z');
}

int islower(int c)
{
    return between(c, 'a', 'z');
}

int isalpha(int c)
{
    return between(c | 32, 'a', 'z');
}

int isalnum(int c)
{
    return isalpha(c) || isdigit(c);
}

int isxdigit(int c)
{
    return isdigit(c) || between(c | 32, 'a', 'f');
}

int isspace(int c)
{
    return c == ' ' || between(c, 9, 13);
}

int isblank(int c)
{
    return c == ' ' || c == 9;
}

int iscntrl(int c)
{
    return between(c, 0, 31) || c == 127;
}

int isgraph(int c)
{
    return between(c, 33, 126);
}

int isprint(int c)
{
    return between(c, 32, 126);
}

int ispunct(int c)
{
    return isgraph(c) && !isalnum(c);
}

int isascii(int c)
{
    return !(c & ~127);
}

int toascii(int c)
{
    return c & 127;
}

int toupper(int c)
{
    return islower(c) ? c & 95 : c;
}

int tolower(int c)
{
    return isupper(c) ? c | 32 : c;
}
