/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_format.c: what the formats that can reach printf and scanf ask for.
 *
 * Only the innermost functions are looked at: every printf of a libc and every
 * wrapper of the program passes its format on to one of them, and consts.c
 * follows parameters through all of that. A format that is not known sets
 * everything that a format could ask for.
 */
#include "analyzer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct sink {
    const char *function;
    unsigned parameter;
    bool scan;
} sinks[] = {
    /* musl; vfprintf is also what the program may call */
    {"vfprintf", 1, false},
    {"vfwprintf", 1, false},
    {"vfscanf", 1, true},
    {"vfwscanf", 1, true},
    /* newlib: strings have their own copies */
    {"_vfprintf_r", 2, false},
    {"_vfiprintf_r", 2, false},
    {"_svfprintf_r", 2, false},
    {"_svfiprintf_r", 2, false},
    {"_vfwprintf_r", 2, false},
    {"_svfwprintf_r", 2, false},
    {"__svfscanf_r", 2, true},
    {"__ssvfscanf_r", 2, true},
    {"__svfiscanf_r", 2, true},
    {"__ssvfiscanf_r", 2, true},
    {"__svfwscanf_r", 2, true},
    {"__ssvfwscanf_r", 2, true},
};

/* What a format asks for. */
enum want {
    FLOATING,
    WIDE,
    POSITIONAL,
    M,     /* printf: errno's text; scanf: memory for what is read */
    OTHER, /* a directive that the pool's libcs need not read alike */
    WANTS
};

static const enum fact want_facts[WANTS][2] = {
    {FACT_format_float, FACT_scan_float},
    {FACT_format_wide, FACT_scan_wide},
    {FACT_format_positional, FACT_scan_positional},
    {FACT_format_error, FACT_scan_allocate},
    {FACT_format_other, FACT_scan_other},
};

struct wants {
    bool on[WANTS];
};

static const struct wants all = {{true, true, true, true, true}};

static const char *skip_digits(const char *p)
{
    return p + strspn(p, "0123456789");
}

/* The `1$` of an argument, if there is one. */
static const char *skip_position(const char *p, struct wants *w)
{
    const char *end = skip_digits(p);

    if (end == p || *end != '$')
        return p;
    w->on[POSITIONAL] = true;
    return end + 1;
}

/* A width or a precision: a number or an argument. */
static const char *skip_number(const char *p, struct wants *w)
{
    if (*p == '*')
        return skip_position(p + 1, w);
    w->on[OTHER] |= skip_digits(p) - p > 9; /* too large a number: an error */
    return skip_digits(p);
}

/* What stands before the length: printf's, scanf's. */
static const char *skip_flags(const char *p, bool scan, struct wants *w)
{
    if (!scan) {
        p = skip_position(p, w);
        p += strspn(p, "#0- +'");
        p = skip_number(p, w);
        return *p == '.' ? skip_number(p + 1, w) : p;
    }
    p = *p == '*' ? p + 1 : skip_position(p, w);
    p = skip_digits(p);
    w->on[M] |= *p == 'm';
    return p + (*p == 'm');
}

/* The set of a `%[`, from after the bracket to before the other one. */
static const char *skip_set(const char *p)
{
    p += *p == '^';
    p += *p == ']';
    while (*p && *p != ']')
        p++;
    return p;
}

/* Does ISO C, with C, S and m of the others, know this conversion? */
static bool is_known(bool scan, const char *length, size_t n, char conversion)
{
    static const char *const integer[] = {"",  "h", "hh", "l", "ll",
                                          "j", "z", "t",  NULL};
    static const char *const real[] = {"", "l", "L", NULL};
    static const char *const text[] = {"", "l", NULL};
    static const char *const bare[] = {"", NULL};
    const char *const *lengths = NULL;

    if (conversion && strchr("diouxXn", conversion))
        lengths = integer;
    else if (conversion && strchr("aefgAEFG", conversion))
        lengths = real;
    else if (conversion && strchr(scan ? "cs[" : "cs", conversion))
        lengths = text;
    else if (conversion && strchr(scan ? "CSp" : "CSpm", conversion))
        lengths = bare;
    for (; lengths && *lengths; lengths++)
        if (strlen(*lengths) == n && memcmp(*lengths, length, n) == 0)
            return true;
    return false;
}

/* One directive, from after its `%`; returns what follows. */
static const char *read_directive(const char *p, bool scan, struct wants *w)
{
    const char *length;
    size_t n;

    if (*p == '%')
        return p + 1;
    length = p = skip_flags(p, scan, w);
    p += n = strspn(p, "hljztL");
    w->on[OTHER] |= !is_known(scan, length, n, *p);
    if (!*p)
        return p;
    w->on[FLOATING] |= strchr("aefgAEFG", *p) != NULL;
    w->on[WIDE] |=
        strchr("CS", *p) || (memchr(length, 'l', n) && strchr("sc[", *p));
    w->on[M] |= *p == 'm';
    if (*p == '[' && scan) {
        p = skip_set(p + 1);
        w->on[OTHER] |= !*p;
    }
    return *p ? p + 1 : p;
}

static void read_format(const char *p, bool scan, struct wants *w)
{
    while ((p = strchr(p, '%')))
        p = read_directive(p + 1, scan, w);
}

static void add_facts(struct facts *f, bool scan, const struct wants *w,
                      const char *text, const struct call *at)
{
    char *detail = text ? format("\"%s\"", text) : NULL;

    for (char *p = detail; p && *p; p++)
        if (iscntrl((unsigned char)*p))
            *p = ' ';
    for (int i = 0; i < WANTS; i++)
        if (w->on[i])
            facts_add(f, want_facts[i][scan], detail, at->from, at->at);
    free(detail);
}

static void read_constant(struct analysis *a, struct facts *f,
                          const struct sink *s, const struct const_at *c)
{
    struct wants w = {0};
    char *text = const_string(a, c->value);

    if (LLVMIsNull(c->value))
        return;
    if (!text)
        text = const_wide_string(a, c->value);
    if (text)
        read_format(text, s->scan, &w);
    add_facts(f, s->scan, text ? &w : &all, text, &c->at);
    free(text);
}

static void read_sink(struct analysis *a, struct facts *f, const struct sink *s,
                      struct def *d)
{
    struct consts c = {.top = true};

    if (d->kind == DEF_FUNCTION && s->parameter < LLVMCountParams(d->ir))
        c = consts_of(a, d, LLVMGetParam(d->ir, s->parameter));
    for (size_t i = 0; i < arrlenu(c.values); i++)
        read_constant(a, f, s, &c.values[i]);
    if (c.top) {
        if (!c.top_at.from)
            c.top_at.from = d;
        add_facts(f, s->scan, &all, NULL, &c.top_at);
    }
    consts_free(&c);
}

void fact_format(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < sizeof sinks / sizeof *sinks; i++) {
        struct def *d = reached_named(a, sinks[i].function);
        if (d && !is_app(d))
            read_sink(a, f, &sinks[i], d);
    }
}
