/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nano-vfscanf_float.c: reads a floating point number from a stream.
 *
 * In the place of newlib's, which knows neither hexadecimal digits nor long
 * double. The number is brought to the form `digits e exponent`, without the
 * zeros in front and with a bounded count of digits, for strtod. A digit that
 * is dropped and not zero leaves a trace in the last one, which is enough to
 * round: no number lies that near to the middle of two others.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "local.h"
#include "nano-vfscanf_local.h"

enum {
    DIGITS = 800,
    TEXT = DIGITS + 32
};

struct in {
    struct _reent *r;
    struct _scan_data_t *s;
    FILE *f;
    int c; /* the next character, or EOF; in lower case */
};

static void peek(struct in *in)
{
    FILE *f = in->f;

    in->c = EOF;
    if (in->s->width == 0 || (f->_r <= 0 && in->s->pfn_refill(in->r, f)))
        return;
    in->c = *f->_p;
    if (in->c >= 'A' && in->c <= 'Z')
        in->c |= 32;
}

static void take(struct in *in)
{
    in->f->_p++;
    in->f->_r--;
    in->s->nread++;
    in->s->width--;
    peek(in);
}

static int take_if(struct in *in, int c)
{
    if (in->c != c)
        return 0;
    take(in);
    return 1;
}

/* The rest of a word must be there. */
static int take_word(struct in *in, const char *word)
{
    while (*word && take_if(in, *word))
        word++;
    return !*word;
}

static int take_name(struct in *in, char *text)
{
    if (take_if(in, 'i')) {
        strcpy(text, "inf");
        return take_word(in, "nf") && (in->c != 'i' || take_word(in, "inity"));
    }
    strcpy(text, "nan");
    if (!take_word(in, "nan"))
        return 0;
    if (!take_if(in, '('))
        return 1;
    while ((in->c >= '0' && in->c <= '9') || (in->c >= 'a' && in->c <= 'z') ||
           in->c == '_')
        take(in);
    return take_if(in, ')');
}

static int is_digit_of(int c, int hex)
{
    return (c >= '0' && c <= '9') || (hex && c >= 'a' && c <= 'f');
}

/* Digits and a point to text; *exponent counts digits. Were there any? */
static int take_digits(struct in *in, char **text, int hex, long *exponent)
{
    char *start = *text, *p = start;
    int any = 0, point = 0;

    for (; is_digit_of(in->c, hex) || (in->c == '.' && !point); take(in)) {
        if (in->c == '.') {
            point = 1;
            continue;
        }
        any = 1;
        if (p == start && in->c == '0') {
            *exponent -= point;
        } else if (p - start < DIGITS) {
            *p++ = (char)in->c;
            *exponent -= point;
        } else {
            if (in->c != '0' && (p[-1] == '0' || p[-1] == '5' || p[-1] == '8'))
                p[-1]++;
            *exponent += !point;
        }
    }
    if (p == start)
        *p++ = '0';
    *text = p;
    return any;
}

static int take_exponent(struct in *in, long *exponent)
{
    long e = 0;
    int minus = in->c == '-', any = 0;

    if (minus || in->c == '+')
        take(in);
    for (; in->c >= '0' && in->c <= '9'; take(in)) {
        any = 1;
        if (e < 100000000)
            e = 10 * e + in->c - '0';
    }
    *exponent += minus ? -e : e;
    return any;
}

static void put_exponent(char *text, char letter, long e)
{
    char digits[24], *p = digits + sizeof digits;
    unsigned long u = e < 0 ? -(unsigned long)e : (unsigned long)e;

    *--p = 0;
    do {
        *--p = (char)('0' + u % 10);
    } while (u /= 10);
    if (e < 0)
        *--p = '-';
    *--p = letter;
    strcpy(text, p);
}

static int take_number(struct in *in, char *text)
{
    long exponent = 0;
    int hex = 0, any, zero = 0;

    *text = '-';
    text += in->c == '-';
    if (in->c == '-' || in->c == '+')
        take(in);
    if (in->c == 'i' || in->c == 'n')
        return take_name(in, text);
    if (in->c == '0') {
        zero = 1;
        take(in);
        if (take_if(in, 'x')) {
            hex = 1;
            zero = 0;
            text = stpcpy(text, "0x");
        }
    }
    any = take_digits(in, &text, hex, &exponent) | zero;
    if (hex)
        exponent *= 4;
    if (any && take_if(in, hex ? 'p' : 'e'))
        any = take_exponent(in, &exponent);
    put_exponent(text, hex ? 'p' : 'e', exponent);
    return any;
}

int _scanf_float(struct _reent *r, struct _scan_data_t *s, FILE *f, va_list *ap)
{
    struct in in = {r, s, f, EOF};
    char text[TEXT];

    if (s->width == 0)
        s->width = (size_t)-1;
    peek(&in);
    if (!take_number(&in, text))
        return MATCH_FAILURE;
    if (s->flags & SUPPRESS)
        return 0;
    if (s->flags & LONGDBL)
        *va_arg(*ap, long double *) = strtold(text, NULL);
    else if (s->flags & LONG)
        *va_arg(*ap, double *) = strtod(text, NULL);
    else
        *va_arg(*ap, float *) = strtof(text, NULL);
    s->nassigned++;
    return 0;
}
