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

/* What one format asks for. */
struct wants {
    bool floating, wide, positional;
    bool m; /* printf: errno's text; scanf: memory for what is read */
};

static const char *skip_set(const char *p)
{
    p += *p == '^';
    p += *p == ']';
    while (*p && *p != ']')
        p++;
    return p;
}

static void read_format(const char *p, bool scan, struct wants *w)
{
    while ((p = strchr(p, '%'))) {
        bool is_long = false;
        for (p++; *p && strchr("#0- +'I*.$123456789hljztqLm", *p); p++) {
            is_long |= *p == 'l';
            w->m |= *p == 'm';
            w->positional |= *p == '$';
            if (*p == 'm' && !scan) /* glibc's %m is a conversion */
                break;
        }
        if (!*p)
            return;
        w->floating |= strchr("aefgAEFG", *p) != NULL;
        w->wide |= *p == 'S' || *p == 'C' || (is_long && strchr("sc[", *p));
        if (*p == '[' && scan)
            p = skip_set(p + 1);
        if (*p)
            p++;
    }
}

static void add_facts(struct facts *f, bool scan, const struct wants *w,
                      const char *text, const struct call *at)
{
    char *detail = text ? format("\"%s\"", text) : NULL;

    for (char *p = detail; p && *p; p++)
        if (iscntrl((unsigned char)*p))
            *p = ' ';
    if (w->floating)
        facts_add(f, scan ? FACT_scan_float : FACT_format_float, detail,
                  at->from, at->at);
    if (w->wide)
        facts_add(f, scan ? FACT_scan_wide : FACT_format_wide, detail, at->from,
                  at->at);
    if (w->positional && !scan)
        facts_add(f, FACT_format_positional, detail, at->from, at->at);
    if (w->m)
        facts_add(f, scan ? FACT_scan_allocate : FACT_format_error, detail,
                  at->from, at->at);
    free(detail);
}

/* A wide format: a global array of 32-bit characters; read as bytes. */
static char *wide_string(struct analysis *a, LLVMValueRef v)
{
    struct symbol *s =
        LLVMIsAGlobalVariable(v) ? symbol_of(&a->program, v) : NULL;
    LLVMValueRef init = NULL;
    struct buf b = {0};
    unsigned n = 0;

    if (s && s->run == a->run.number && s->chosen && s->chosen->ir &&
        LLVMIsGlobalConstant(s->chosen->ir))
        init = LLVMGetInitializer(s->chosen->ir);
    if (!init || !LLVMIsAConstantDataArray(init))
        return NULL;
    n = LLVMGetArrayLength(LLVMTypeOf(init));
    for (unsigned i = 0; i < n; i++) {
        LLVMValueRef c = LLVMGetAggregateElement(init, i);
        unsigned long long u = LLVMConstIntGetZExtValue(c);
        char byte = u < 128 ? (char)u : '?';
        if (!byte)
            break;
        buf_add(&b, &byte, 1);
    }
    buf_add(&b, "", 0);
    return b.p;
}

static void read_constant(struct analysis *a, struct facts *f,
                          const struct sink *s, const struct const_at *c)
{
    struct wants w = {0}, all = {true, true, true, true};
    char *text = const_string(a, c->value);

    if (LLVMIsNull(c->value))
        return;
    if (!text)
        text = wide_string(a, c->value);
    if (text)
        read_format(text, s->scan, &w);
    add_facts(f, s->scan, text ? &w : &all, text, &c->at);
    free(text);
}

static void read_sink(struct analysis *a, struct facts *f, const struct sink *s,
                      struct def *d)
{
    struct wants all = {true, true, true, true};
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
