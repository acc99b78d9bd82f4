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
 * Functions of classes are not called by function pointers, but by vtables and
 * pointers to members, which know their parameters, and as destructors.
 *
 * Exact C types (clang's cfi strings) are asked for of pool functions whose
 * address the program's code never took: libc and our own components call
 * functions, and hand them out, by the type that they have. A call of the
 * program's is held against the exact type too where all casts of the program
 * are known (casts.c): the function's type must become that of the call by
 * them. A call in the pool reaches a function of the program only if that may
 * become a type which the pool's interface has. The levels of --indirect exist
 * to measure what each rule is worth; docs/CAVEATS.md has the assumptions.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

struct signature {
    char *classes; /* result, then parameters, each ended by a comma */
    const char *exact;
    char **declared; /* other types that its address is taken with */
    char **params, *result;
    bool variadic, any, handler;
    bool method;   /* of a class, by its name; C++ gives these no exact type */
    bool app;      /* a function, or call, of the program */
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

/* Takes the classes of s and what it is a copy of. */
static int intern(struct analysis *a, struct buf *classes, struct signature s)
{
    struct buf b = {0};
    ptrdiff_t i;

    buf_printf(&b, "%s|%d%d%d|%s", classes->p, s.variadic, s.app, s.method,
               s.exact ? s.exact : "");
    for (size_t k = 0; k < arrlenu(s.declared); k++)
        buf_printf(&b, "|%s", s.declared[k]);
    char *key = b.p;
    if (!a->signature_numbers)
        sh_new_strdup(a->signature_numbers);
    i = shgeti(a->signature_numbers, key);
    if (i < 0) {
        char **given = s.declared;
        s.classes = xstrdup(classes->p);
        s.declared = NULL;
        for (size_t k = 0; k < arrlenu(given); k++)
            arrput(s.declared, given[k]);
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

int signature_of_call(struct analysis *a, LLVMValueRef call, bool app)
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
    return intern(
        a, &b,
        (struct signature){.variadic = variadic && LLVMCountParamTypes(f) == 0,
                           .app = app,
                           .exact = ir_call_type(call)});
}

static int of_type(struct analysis *a, LLVMValueRef function, bool app,
                   char **declared)
{
    LLVMTypeRef f = LLVMGlobalGetValueType(function), *params = params_of(f);
    const char *exact = ir_function_type(function);
    bool method = app && !exact && has_prefix(ir_name(function), "_Z");
    struct buf b = {0};

    add_class(&b, LLVMGetReturnType(f));
    buf_str(&b, ",");
    for (size_t i = 0; i < arrlenu(params); i++) {
        add_class(&b, params[i]);
        buf_str(&b, ",");
    }
    arrfree(params);
    return intern(a, &b,
                  (struct signature){.variadic = LLVMIsFunctionVarArg(f),
                                     .app = app,
                                     .method = method,
                                     .exact = exact,
                                     .declared = declared});
}

int signature_of_declared(struct analysis *a, LLVMValueRef function, bool app)
{
    return of_type(a, function, app, NULL);
}

static int signature_of_function(struct analysis *a, struct def *d)
{
    if (d->signature < 0)
        d->signature =
            of_type(a, d->ir, is_app(d), casts_declared(a, d->symbol));
    return d->signature;
}

void signature_renew(struct def *d)
{
    d->signature = -1;
}

int signature_any(struct analysis *a)
{
    struct buf b = {0};
    int n;

    buf_str(&b, "any,");
    n = intern(a, &b, (struct signature){.variadic = true});
    a->signatures[n].any = true;
    return n;
}

int signature_handler(struct analysis *a)
{
    struct buf b = {0};
    int n;

    buf_str(&b, "v,i,i,i,");
    n = intern(a, &b, (struct signature){.exact = "handler"});
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

    if (f->method && !s->variadic &&
        (f->variadic ? given < taken : given != taken))
        return false; /* a virtual call gives all, and casts cannot change that
                       */
    if (!same_result(s, f))
        return false; /* a parameter that is not given is garbage, no more */
    for (size_t i = 0; i < taken && i < given; i++)
        if (strcmp(s->params[i], f->params[i]) != 0)
            return false;
    return true;
}

/* May a pointer to f become one of the type? */
static bool flows(struct analysis *a, const struct signature *f,
                  const char *type)
{
    bool yes = casts_flow(a, f->exact, type);

    for (size_t i = 0; !yes && i < arrlenu(f->declared); i++)
        yes = casts_flow(a, f->declared[i], type);
    return yes;
}

/* As far as the casts of the program tell. */
static bool casts_fit(struct analysis *a, const struct signature *s,
                      const struct signature *f)
{
    if (!casts_known(a) || !f->exact)
        return true;
    if (!s->app)
        return !f->app || flows(a, f, CASTS_LIBRARY);
    return !s->exact || flows(a, f, s->exact);
}

static bool match(struct analysis *a, const struct signature *s,
                  const struct signature *f, bool taken_by_app)
{
    const struct options *o = &a->options;
    bool exact = o->level == LEVEL_EXACT;

    if (s->any || o->level == LEVEL_ANY || o->without[SWITCH_types])
        return true;
    if (o->level == LEVEL_SLOT)
        exact = !f->app && !taken_by_app;
    exact &= !o->without[SWITCH_exact];
    if (exact && s->exact && f->exact)
        return strcmp(s->exact, f->exact) == 0;
    if (exact && s->handler && strcmp(f->result, "v") != 0)
        return false;
    return classes_fit(s, f) && casts_fit(a, s, f);
}

bool signature_fits(struct analysis *a, int site, int function,
                    bool taken_by_app)
{
    char **known = &a->signatures[function].matches;
    size_t i = (size_t)site * 2 + taken_by_app;

    while (i >= arrlenu(*known))
        arrput(*known, 0);
    if (!(*known)[i])
        (*known)[i] = match(a, &a->signatures[site], &a->signatures[function],
                            taken_by_app)
                          ? 'y'
                          : 'n';
    return (*known)[i] == 'y';
}

bool signature_match(struct analysis *a, int site, struct def *d,
                     bool taken_by_app)
{
    return signature_fits(a, site, signature_of_function(a, d), taken_by_app);
}
