/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strtod.c: text to float, double and long double, each rounded once, by
 * newlib's strtodg.
 *
 * In the place of newlib's, where strtof rounds twice and errno does not tell
 * of denormal results or of no number at all.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gdtoa.h"
#include "mprec.h"

int _strtodg_l(struct _reent *, const char *, char **, FPI *, Long *, __ULong *,
               struct __locale_t *);

/* strtodg finds no number in `0x` without digits; its 0 is one. */
static int lone_zero(const char *p, char **end)
{
    int sign;

    while (isspace(*p))
        p++;
    sign = *p == '-' ? STRTOG_Neg : 0;
    p += *p == '-' || *p == '+';
    if (*p != '0')
        return STRTOG_NoNumber;
    if (end)
        *end = (char *)p + 1;
    return STRTOG_Zero | sign;
}

/*
 * The kind, and the mantissa as an integer times 2^exponent. What is not a
 * number has no sign either.
 */
static int parse(const char *text, char **end, FPI *format,
                 unsigned long *mantissa, Long *exponent)
{
    __ULong bits[2] = {0};
    int kind = _strtodg_l(_REENT, text, end, format, exponent, bits, NULL);

    if ((kind & STRTOG_Retmask) == STRTOG_NoNumber)
        kind = lone_zero(text, end);
    *mantissa = (unsigned long)bits[1] << 32 | bits[0];
    if ((kind & STRTOG_Retmask) == STRTOG_NoNumber)
        errno = EINVAL;
    else if (((kind & STRTOG_Retmask) == STRTOG_Denormal &&
              kind & STRTOG_Inexact) ||
             kind & (STRTOG_Underflow | STRTOG_Overflow))
        errno = ERANGE;
    switch (kind & STRTOG_Retmask) {
    case STRTOG_NaN:
    case STRTOG_NaNbits:
        kind &= ~STRTOG_Neg;
    }
    return kind;
}

/* The biased exponent: 0 for zero and denormals, most for what is no number. */
static unsigned biased(int kind, Long exponent, int shift, unsigned most)
{
    switch (kind & STRTOG_Retmask) {
    case STRTOG_Normal:
        return (unsigned)(exponent + shift);
    case STRTOG_Infinite:
    case STRTOG_NaN:
    case STRTOG_NaNbits:
        return most;
    default:
        return 0;
    }
}

static unsigned long fraction(int kind, unsigned long mantissa,
                              unsigned long nan)
{
    switch (kind & STRTOG_Retmask) {
    case STRTOG_Normal:
    case STRTOG_Denormal:
        return mantissa;
    case STRTOG_NaN:
    case STRTOG_NaNbits:
        return nan;
    default:
        return 0;
    }
}

float strtof(const char *restrict text, char **restrict end)
{
    static FPI format = {24, 1 - 127 - 23, 254 - 127 - 23, 1, SI};
    unsigned long m;
    Long e = 0;
    int kind = parse(text, end, &format, &m, &e);
    unsigned u = (unsigned)fraction(kind, m, 1ul << 22) & 0x7fffff;
    float x;

    u |= biased(kind, e, 127 + 23, 255) << 23;
    u |= kind & STRTOG_Neg ? 1u << 31 : 0;
    memcpy(&x, &u, sizeof x);
    return x;
}

double strtod(const char *restrict text, char **restrict end)
{
    static FPI format = {53, 1 - 1023 - 52, 2046 - 1023 - 52, 1, SI};
    unsigned long m, u;
    Long e = 0;
    int kind = parse(text, end, &format, &m, &e);
    double x;

    u = fraction(kind, m, 1ul << 51) & 0xfffffffffffff;
    u |= (unsigned long)biased(kind, e, 1023 + 52, 2047) << 52;
    u |= kind & STRTOG_Neg ? 1ul << 63 : 0;
    memcpy(&x, &u, sizeof x);
    return x;
}

/* The x87's format: the leading 1 is stored. */
long double strtold(const char *restrict text, char **restrict end)
{
    static FPI format = {64, 1 - 16383 - 63, 32766 - 16383 - 63, 1, SI};
    struct {
        unsigned long mantissa;
        unsigned short exponent;
    } u;
    unsigned long m;
    Long e = 0;
    int kind = parse(text, end, &format, &m, &e);
    long double x = 0;

    u.mantissa = fraction(kind, m, 3ul << 62);
    if ((kind & STRTOG_Retmask) == STRTOG_Infinite)
        u.mantissa = 1ul << 63;
    u.exponent = (unsigned short)biased(kind, e, 16383 + 63, 32767);
    u.exponent |= kind & STRTOG_Neg ? 1u << 15 : 0;
    memcpy(&x, &u, 10);
    return x;
}
