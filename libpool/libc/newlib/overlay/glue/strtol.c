/* SPDX-License-Identifier: BSD-2-Clause */
/* strtol.c: whole numbers; no number at all is EINVAL, as with musl. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

struct number {
    unsigned long magnitude;
    int minus, overflow;
};

static int digit(int c)
{
    if (isdigit(c))
        return c - '0';
    return isalpha(c) ? (c | 32) - 'a' + 10 : 99;
}

/* The digits from p on; where they end. */
static const char *digits(const char *p, int base, struct number *n)
{
    for (int d; (d = digit(*p)) < base; p++) {
        n->overflow |=
            __builtin_mul_overflow(n->magnitude, (unsigned)base, &n->magnitude);
        n->overflow |=
            __builtin_add_overflow(n->magnitude, (unsigned)d, &n->magnitude);
    }
    return p;
}

static struct number scan(const char *text, char **end, int base)
{
    struct number n = {0};
    const char *p = text, *start;

    while (isspace(*p))
        p++;
    n.minus = *p == '-';
    p += *p == '-' || *p == '+';
    if ((base == 0 || base == 16) && *p == '0' && (p[1] | 32) == 'x' &&
        digit(p[2]) < 16) {
        p += 2;
        base = 16;
    }
    if (base == 0)
        base = *p == '0' ? 8 : 10;
    start = p;
    if (base > 1 && base <= 36)
        p = digits(p, base, &n);
    if (p == start) {
        errno = EINVAL;
        p = text;
    }
    if (end)
        *end = (char *)p;
    return n;
}

long strtol(const char *restrict text, char **restrict end, int base)
{
    struct number n = scan(text, end, base);
    unsigned long most = LONG_MAX + (unsigned long)n.minus;

    if (n.overflow || n.magnitude > most) {
        errno = ERANGE;
        n.magnitude = most;
    }
    return (long)(n.minus ? -n.magnitude : n.magnitude);
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
    struct number n = scan(text, end, base);

    if (n.overflow) {
        errno = ERANGE;
        return ULONG_MAX;
    }
    return n.minus ? -n.magnitude : n.magnitude;
}

_Static_assert(sizeof(long) == sizeof(intmax_t), "one width for all");

long long strtoll(const char *restrict text, char **restrict end, int base)
{
    return strtol(text, end, base);
}

unsigned long long strtoull(const char *restrict text, char **restrict end,
                            int base)
{
    return strtoul(text, end, base);
}

intmax_t strtoimax(const char *restrict text, char **restrict end, int base)
{
    return strtol(text, end, base);
}

uintmax_t strtoumax(const char *restrict text, char **restrict end, int base)
{
    return strtoul(text, end, base);
}
