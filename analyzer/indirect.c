/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * indirect.c: which functions an indirect call may reach, by type.
 *
 * Programs cast function pointers, so the C types of call and function need
 * not be equal. What they must share for the call to work at all is how values
 * are passed: each parameter is of class i (integer or pointer of up to 64
 * bits), f, d, or its exact LLVM type, as far as both sides have one: a
 * function may ignore what it is given, or a parameter that it is not given.
 * Results agree unless one side has none.
 *
 * Exact C types (clang's cfi strings) are asked for only of pool functions
 * whose address the program's code never took: libc and our own components
 * call functions, and hand them out, by the type that they have. The levels
 * of --indirect exist to measure what each rule is worth; docs/CAVEATS.md has
 * the assumptions.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

struct signature {
    char *classes; /* result, then parameters, each ended by a comma */
    const char *exact;
    char **params, *result;
    bool variadic, any, handler;
    bool app;      /* a function of the program */
    char *matches; /* by site and taken_by_app: y, n, or 0 */
};

static const char *const level_names[] = {"any", "type", "exact", "slot"};

const char *level_name(enum level l)
{
    return level_names[l];
}

bool level_parse(const char *s, enum level *l)
{
    for (int i = 0; i < 4; i++)
        if (strcmp(level_names[i], s) == 0) {
            *l = (enum level)i;
            return true;
        }
    return false;
}

/* How a value of this type is passed. */
static void add_class(struct buf *b, LLVMTypeRef t)
{
    char *text;

    switch (LLVMGetTypeKind(t)) {
    case LLVMVoidTypeKind:
        buf_str(b, "v");
        return;
    case LLVMPointerTypeKind:
        buf_str(b, "i");
        return;
    case LLVMFloatTypeKind:
        buf_str(b, "f");
        return;
    case LLVMDoubleTypeKind:
        buf_str(b, "d");
        return;
    case LLVMIntegerTypeKind:
        if (LLVMGetIntTypeWidth(t) <= 64) {
            buf_str(b, "i");
            return;
        }
        break;
    default:
        break;
    }
    text = LLVMPrintTypeToString(t);
    for (char *p = text; *p; p++)
        if (*p == ',' || *p == '|')
            *p = ';';
    buf_str(b, text);
    LLVMDisposeMessage(text);
}

static void split(struct signature *s)
{
    char *rest = s->classes, *w;

    s->result = strsep(&rest, ",");
    while ((w = strsep(&rest, ",")) && *w)
        arrput(s->params, w);
}

static int intern(struct analysis *a, struct buf *classes, bool variadic,
                  bool app, const char *exact)
{
    char *key =
        format("%s|%d%d|%s", classes->p, variadic, app, exact ? exact : "");
    ptrdiff_t i;

    if (!a->signature_numbers)
        sh_new_strdup(a->signature_numbers);
    i = shgeti(a->signature_numbers, key);
    if (i < 0) {
        struct signature s = {.classes = xstrdup(classes->p),
                              .exact = exact,
                              .variadic = variadic,
                              .app = app};
        split(&s);
        arrput(a->signatures, s);
        i = (ptrdiff_t)arrlen(a->signatures) - 1;
        shput(a->signature_numbers, key, (int)i);
    } else {
        i = a->signature_numbers[i].value;
    }
    free(key);
    buf_free(classes);
    return (int)i;
}

static LLVMTypeRef *params_of(LLVMTypeRef f)
{
    LLVMTypeRef *list = NULL;

    arrsetlen(list, LLVMCountParamTypes(f));
    if (arrlenu(list))
        LLVMGetParamTypes(f, list);
    return list;
}

int signature_of_call(struct analysis *a, LLVMValueRef call)
{
    LLVMTypeRef f = LLVMGetCalledFunctionType(call);
    struct buf b = {0};
    bool variadic = LLVMIsFunctionVarArg(f);
    unsigned n = LLVMGetNumArgOperands(call);

    if (LLVMGetFirstUse(call))
        add_class(&b, LLVMGetReturnType(f));
    else
        buf_str(&b, "v");
    buf_str(&b, ",");
    for (unsigned i = 0; i < n; i++) {
        add_class(&b, LLVMTypeOf(LLVMGetOperand(call, i)));
        buf_str(&b, ",");
    }
    return intern(a, &b, variadic && LLVMCountParamTypes(f) == 0, false,
                  ir_call_type(call));
}

static int signature_of_function(struct analysis *a, struct def *d)
{
    LLVMTypeRef f, *params;
    struct buf b = {0};

    if (d->signature >= 0)
        return d->signature;
    f = LLVMGlobalGetValueType(d->ir);
    params = params_of(f);
    add_class(&b, LLVMGetReturnType(f));
    buf_str(&b, ",");
    for (size_t i = 0; i < arrlenu(params); i++) {
        add_class(&b, params[i]);
        buf_str(&b, ",");
    }
    arrfree(params);
    d->signature = intern(a, &b, LLVMIsFunctionVarArg(f), is_app(d),
                          ir_function_type(d->ir));
    return d->signature;
}

int signature_any(struct analysis *a)
{
    struct buf b = {0};
    int n;

    buf_str(&b, "any,");
    n = intern(a, &b, true, false, NULL);
    a->signatures[n].any = true;
    return n;
}

int signature_handler(struct analysis *a)
{
    struct buf b = {0};
    int n;

    buf_str(&b, "v,i,i,i,");
    n = intern(a, &b, false, false, "handler");
    a->signatures[n].exact = NULL;
    a->signatures[n].handler = true;
    return n;
}

bool signature_is_any(const struct analysis *a, int site)
{
    return a->signatures[site].any;
}

/* ---- matching ---- */

static bool same_result(const struct signature *s, const struct signature *f)
{
    return !strcmp(s->result, "v") || !strcmp(f->result, "v") ||
           !strcmp(s->result, f->result);
}

static bool classes_fit(const struct signature *s, const struct signature *f)
{
    size_t given = arrlenu(s->params), taken = arrlenu(f->params);

    if (!same_result(s, f))
        return false; /* a parameter that is not given is garbage, no more */
    for (size_t i = 0; i < taken && i < given; i++)
        if (strcmp(s->params[i], f->params[i]) != 0)
            return false;
    return true;
}

static bool match(enum level level, const struct signature *s,
                  const struct signature *f, bool taken_by_app)
{
    bool exact = level == LEVEL_EXACT;

    if (s->any || level == LEVEL_ANY)
        return true;
    if (level == LEVEL_SLOT)
        exact = !f->app && !taken_by_app;
    if (exact && s->exact && f->exact)
        return strcmp(s->exact, f->exact) == 0;
    if (exact && s->handler && strcmp(f->result, "v") != 0)
        return false;
    return classes_fit(s, f);
}

bool signature_match(struct analysis *a, int site, struct def *d,
                     bool taken_by_app)
{
    int function = signature_of_function(a, d);
    char **known = &a->signatures[function].matches;
    size_t i = (size_t)site * 2 + taken_by_app;

    while (i >= arrlenu(*known))
        arrput(*known, 0);
    if (!(*known)[i])
        (*known)[i] = match(a->options.level, &a->signatures[site],
                            &a->signatures[function], taken_by_app)
                          ? 'y'
                          : 'n';
    return (*known)[i] == 'y';
}
