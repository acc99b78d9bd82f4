/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nano-vfprintf_float.c: a e f g A E F G, exactly, for double and long double.
 *
 * In the place of newlib's, which knows neither %a nor long double, and needs
 * the heap. The value is a row of words of nine decimal digits: its mantissa,
 * multiplied or divided by two often enough. All of its digits are there, so
 * rounding (half to even) looks at what really follows. The format of long
 * double is the x87's.
 */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "local.h"
#include "nano-vfprintf_local.h"

typedef int put(struct _reent *, FILE *, const char *, size_t);

enum {
    BASE = 1000000000,
    INTEGER = LDBL_MAX_EXP / 29 + 4, /* words before the point */
    FRACTION = (LDBL_MANT_DIG - LDBL_MIN_EXP) / 9 + 4 /* and after it */
};
enum {
    UNITS = INTEGER - 1
}; /* index of the word before the point */

struct decimal {
    uint32_t word[INTEGER + FRACTION];
    int first, end; /* the words that are set; all others are zero */
    int exponent;   /* of the first digit that is not zero */
};

struct out {
    struct _reent *r;
    FILE *f;
    put *put;
    int failed;
};

static void out(struct out *o, const char *p, size_t n)
{
    if (!o->failed && n && o->put(o->r, o->f, p, n) == EOF)
        o->failed = 1;
}

static void out_zeros(struct out *o, int n)
{
    while (n-- > 0)
        out(o, "0", 1);
}

/* ---- digits ---- */

static void times_two(struct decimal *d, int n)
{
    for (; n > 0; n -= 29) {
        int shift = n < 29 ? n : 29;
        uint32_t carry = 0;

        for (int i = d->end; i-- > d->first;) {
            uint64_t x = ((uint64_t)d->word[i] << shift) + carry;
            d->word[i] = (uint32_t)(x % BASE);
            carry = (uint32_t)(x / BASE);
        }
        if (carry)
            d->word[--d->first] = carry;
    }
}

static void half(struct decimal *d, int n)
{
    for (; n > 0; n -= 9) {
        int shift = n < 9 ? n : 9;
        uint32_t carry = 0;

        for (int i = d->first; i < d->end; i++) {
            uint32_t rest = d->word[i] & ((1u << shift) - 1);
            d->word[i] = (d->word[i] >> shift) + carry;
            carry = (BASE >> shift) * rest;
        }
        if (carry)
            d->word[d->end++] = carry;
        if (d->first < d->end && !d->word[d->first])
            d->first++;
    }
}

static void set_exponent(struct decimal *d)
{
    uint32_t w;

    while (d->first < d->end && !d->word[d->first])
        d->first++;
    d->exponent = 0;
    if (d->first >= d->end)
        return;
    d->exponent = 9 * (UNITS - d->first);
    for (w = d->word[d->first]; w >= 10; w /= 10)
        d->exponent++;
}

/* x = result / 2^64 * 2^e; x is finite and not negative. */
static uint64_t mantissa(long double x, int *e)
{
    struct {
        uint64_t mantissa;
        uint16_t exponent;
    } raw;

    memcpy(&raw, &x, 10);
    *e = (raw.exponent ? raw.exponent : 1) - 16382;
    return raw.mantissa;
}

/* x is finite and not negative. */
static void decimal_of(struct decimal *d, long double x)
{
    int e;
    uint64_t m = mantissa(x, &e);

    d->end = d->first = UNITS + 1;
    for (; m; m /= BASE)
        d->word[--d->first] = (uint32_t)(m % BASE);
    if (x != 0) {
        times_two(d, e - 64);
        half(d, 64 - e);
    }
    set_exponent(d);
}

/* Is any digit after word i not zero? */
static int rest_of(const struct decimal *d, int i)
{
    while (++i < d->end)
        if (d->word[i])
            return 1;
    return 0;
}

/* Keeps n digits after the point; n may be negative. */
static void round_to(struct decimal *d, int n)
{
    int i = UNITS + 1 + (n >= 0 ? n / 9 : -((8 - n) / 9));
    int keep = n - 9 * (i - UNITS - 1);
    uint32_t unit = BASE, cut;
    int odd;

    if (i >= d->end)
        return;
    while (d->first >= i) /* room for a carry */
        d->word[--d->first] = 0;
    d->word[--d->first] = 0;
    while (keep-- > 0)
        unit /= 10;
    cut = d->word[i] % unit;
    odd = (unit == BASE ? d->word[i - 1] : d->word[i] / unit) & 1;
    d->word[i] -= cut;
    if (cut > unit / 2 || (cut == unit / 2 && (odd || rest_of(d, i))))
        d->word[i] += unit;
    for (int k = i; d->word[k] >= BASE; k--) {
        d->word[k] -= BASE;
        d->word[k - 1]++;
    }
    d->end = i + 1;
    while (d->end <= UNITS)
        d->word[d->end++] = 0;
    set_exponent(d);
}

/* Digits after the first one up to the last that is not zero. */
static int significant(const struct decimal *d)
{
    int last = d->end - 1, zeros = 0;
    uint32_t w;

    while (last >= d->first && !d->word[last])
        last--;
    if (last < d->first)
        return 0;
    for (w = d->word[last]; w % 10 == 0; w /= 10)
        zeros++;
    return d->exponent + 9 * (last - UNITS) - zeros;
}

/* Puts n digits from the one with this power of ten on. */
static void out_digits(struct out *o, const struct decimal *d, int power, int n)
{
    while (n > 0) {
        int i = UNITS - (power >= 0 ? power / 9 : -((8 - power) / 9));
        int skip = 8 - (power - 9 * (UNITS - i));
        uint32_t w = i >= d->first && i < d->end ? d->word[i] : 0;
        char text[9];
        int count = 9 - skip < n ? 9 - skip : n;

        for (int k = 9; k-- > 0; w /= 10)
            text[k] = (char)('0' + w % 10);
        out(o, text + skip, (size_t)count);
        n -= count;
        power -= count;
    }
}

/* ---- formats ---- */

static char *exponent_text(char *end, int e, char letter, int least)
{
    unsigned u = e < 0 ? -(unsigned)e : (unsigned)e;

    for (; u || least > 0; u /= 10, least--)
        *--end = (char)('0' + u % 10);
    *--end = e < 0 ? '-' : '+';
    *--end = letter;
    return end;
}

/* Sign and padding, then what the caller puts between the two. */
static int begin(struct out *o, struct _prt_data_t *p, int size, int *real)
{
    p->size = size;
    p->dprec = 0;
    if (_printf_common(o->r, p, real, o->f, o->put) == -1)
        o->failed = 1;
    return *real;
}

static int finish(struct out *o, struct _prt_data_t *p, int real)
{
    if (p->flags & LADJUST)
        for (int n = p->width - real; n > 0; n--)
            out(o, " ", 1);
    return o->failed ? -1 : p->width > real ? p->width : real;
}

static int put_word(struct out *o, struct _prt_data_t *p, const char *word)
{
    int real;

    p->flags &= ~ZEROPAD;
    begin(o, p, 3, &real);
    out(o, word, 3);
    return finish(o, p, real);
}

static int put_hex(struct out *o, struct _prt_data_t *p, long double x)
{
    const char *digits =
        p->code == 'a' ? "0123456789abcdef" : "0123456789ABCDEF";
    char text[18], power[8], *end = power + sizeof power, *e;
    int exponent, n = 0, real, point, count = p->prec;
    uint64_t m = mantissa(x, &exponent);
    unsigned lead = m != 0;

    for (; m && !(m >> 63); m <<= 1)
        exponent--;

    m <<= 1; /* what follows the leading 1 */
    if (count >= 0 && count < 16) {
        uint64_t rest = count ? m << (4 * count) : m;
        uint64_t kept = count ? m >> (64 - 4 * count) : 0;
        int odd = (count ? (unsigned)kept : lead) & 1;

        if (rest > 1ull << 63 || (rest == 1ull << 63 && odd))
            if (++kept >> (4 * count) && ++lead)
                kept = 0;
        m = count ? kept << (64 - 4 * count) : 0;
    }
    for (; m; m <<= 4)
        text[n++] = digits[m >> 60];
    if (count < n)
        count = n;
    e = exponent_text(end, x != 0 ? exponent - 1 : 0,
                      p->code == 'a' ? 'p' : 'P', 1);
    point = count || p->flags & ALT;
    p->flags |= HEXPREFIX;
    p->l_buf[2] = p->code == 'a' ? 'x' : 'X';
    begin(o, p, 1 + point + count + (int)(end - e), &real);
    out(o, &digits[lead], 1);
    out(o, ".", (size_t)point);
    out(o, text, (size_t)n);
    out_zeros(o, count - n);
    out(o, e, (size_t)(end - e));
    return finish(o, p, real);
}

/* After rounding: exponent or not, and how many digits after the point. */
static int put_decimal(struct out *o, struct _prt_data_t *p, struct decimal *d)
{
    int kind = p->code | 32, n = p->prec < 0 ? 6 : p->prec, real, point;
    char power[8], *end = power + sizeof power, *e = end;

    if (kind == 'g') {
        n = n ? n : 1;
        round_to(d, n - 1 - d->exponent);
        kind = d->exponent >= -4 && d->exponent < n ? 'f' : 'e';
        if (!(p->flags & ALT) && n > significant(d) + 1)
            n = significant(d) + 1;
        n -= 1 + (kind == 'f' ? d->exponent : 0);
        n = n < 0 ? 0 : n;
    } else {
        round_to(d, kind == 'f' ? n : n - d->exponent);
    }
    point = n || p->flags & ALT;
    if (kind == 'e') {
        e = exponent_text(end, d->exponent, (char)('E' | (p->code & 32)), 2);
        begin(o, p, 1 + point + n + (int)(end - e), &real);
        out_digits(o, d, d->exponent, 1);
        out(o, ".", (size_t)point);
        out_digits(o, d, d->exponent - 1, n);
        out(o, e, (size_t)(end - e));
    } else {
        int whole = d->exponent > 0 ? d->exponent : 0;
        begin(o, p, whole + 1 + point + n, &real);
        out_digits(o, d, whole, whole + 1);
        out(o, ".", (size_t)point);
        out_digits(o, d, -1, n);
    }
    return finish(o, p, real);
}

int _printf_float(struct _reent *r, struct _prt_data_t *p, FILE *f,
                  put *function, va_list *ap)
{
    struct out o = {r, f, function, 0};
    int capital = !(p->code & 32);
    long double x =
        p->flags & LONGDBL ? va_arg(*ap, long double) : va_arg(*ap, double);
    struct decimal d;

    if (__builtin_signbit(x)) {
        p->l_buf[0] = '-';
        x = -x;
    }
    if (x != x)
        return put_word(&o, p, capital ? "NAN" : "nan");
    if (x > LDBL_MAX)
        return put_word(&o, p, capital ? "INF" : "inf");
    if ((p->code | 32) == 'a')
        return put_hex(&o, p, x);
    decimal_of(&d, x);
    return put_decimal(&o, p, &d);
}
