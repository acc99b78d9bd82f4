/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * consts.c: which constants can reach a value, across functions.
 *
 * Backwards from the value: through phis, selects, integer casts, results of
 * direct calls, parameters (to the arguments of every reached call, indirect
 * ones included), constant tables, and variables that are only loaded and
 * stored. What is not understood is `top`. The walk is over one run's reached
 * code, visits each value once, and gives up on `top` when it grows too large.
 */
#include "analyzer.h"

#include <llvm-c/Target.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_VISITS = 4000,
    MAX_VALUES = 400,
    MAX_DEPTH = 4
};

struct visit {
    LLVMValueRef key;
    char value;
};
struct walk {
    struct analysis *a;
    struct consts *out;
    struct visit *seen;
    unsigned bits;  /* to which the value is narrowed on its way; 0: not */
    struct call at; /* where the value at hand was passed */
    int depth;      /* of walks in walks */
};

static void visit(struct walk *w, struct def *in, LLVMValueRef v);

static void top(struct walk *w)
{
    if (!w->out->top)
        w->out->top_at = w->at;
    w->out->top = true;
}

static void add(struct walk *w, LLVMValueRef v)
{
    if (w->bits && LLVMIsAConstantInt(v) &&
        LLVMGetIntTypeWidth(LLVMTypeOf(v)) > w->bits) {
        LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(v));
        v = LLVMConstTrunc(v, LLVMIntTypeInContext(context, w->bits));
    }
    for (size_t i = 0; i < arrlenu(w->out->values); i++)
        if (w->out->values[i].value == v)
            return;
    struct const_at c = {v, w->at};
    arrput(w->out->values, c);
    if (arrlenu(w->out->values) > MAX_VALUES)
        top(w);
}

/* The definition that a global of some module stands for, or NULL. */
static struct def *def_of(struct analysis *a, LLVMValueRef global)
{
    struct symbol *s = symbol_of(&a->program, global);

    return s && s->run == a->run.number ? s->chosen : NULL;
}

/* ---- parameters ---- */

/* syscall(N, ...) is a call of uc_sys_NAME too, whose arguments follow N. */
LLVMValueRef const_argument(struct analysis *a, const struct call *c,
                            const struct def *to, unsigned k)
{
    LLVMValueRef callee = c->at ? LLVMGetCalledValue(c->at) : NULL;
    struct symbol *s = callee && LLVMIsAGlobalValue(callee)
                           ? symbol_of(&a->program, callee)
                           : NULL;

    if (s && s != to->symbol && reach_is_syscall(a, s))
        k++;
    return c->at && k < LLVMGetNumArgOperands(c->at) ? LLVMGetOperand(c->at, k)
                                                     : NULL;
}

static void visit_argument_of(struct walk *w, const struct call *c,
                              const struct def *to, unsigned k)
{
    LLVMValueRef v = const_argument(w->a, c, to, k);
    struct call before = w->at;

    w->at = *c;
    if (v)
        visit(w, c->from, v);
    else
        top(w);
    w->at = before;
}

static unsigned parameter_index(LLVMValueRef parameter)
{
    LLVMValueRef f = LLVMGetParamParent(parameter);
    unsigned n = LLVMCountParams(f);

    for (unsigned i = 0; i < n; i++)
        if (LLVMGetParam(f, i) == parameter)
            return i;
    return n;
}

static void visit_indirect(struct walk *w, struct def *f, unsigned k)
{
    const struct reach *r = &w->a->run;

    for (size_t i = 0; i < arrlenu(r->sites); i++)
        if (r->sites[i].unknown &&
            signature_match(w->a, r->sites[i].signature, f, f->taken_by_app))
            top(w);
    for (size_t i = 0; i < arrlenu(r->site_calls) && !w->out->top; i++) {
        const struct live_call *c = &r->site_calls[i];
        if (signature_match(w->a, c->signature, f, f->taken_by_app))
            visit_argument_of(w, &c->call, f, k);
    }
}

static void visit_parameter(struct walk *w, struct def *f, LLVMValueRef v)
{
    unsigned k = parameter_index(v);
    enum how how = f->found.how;

    if ((how != HOW_CALL && how != HOW_INDIRECT) || f->handed_over ||
        strcmp(f->symbol->name, "main") == 0) {
        top(w);
        return;
    }
    if (f->taken_run == w->a->run.number)
        visit_indirect(w, f, k);
    for (size_t i = 0; i < arrlenu(f->callers) && !w->out->top; i++)
        visit_argument_of(w, &f->callers[i], f, k);
}

/* ---- memory ---- */

/* All leaves of an initialiser: an index that is not constant may be any. */
static void visit_leaves(struct walk *w, struct def *in, LLVMValueRef init)
{
    LLVMTypeKind k = LLVMGetTypeKind(LLVMTypeOf(init));
    int n;

    if (k == LLVMPointerTypeKind || k == LLVMIntegerTypeKind) {
        visit(w, in, init);
        return;
    }
    if (LLVMIsAConstantDataSequential(init) ||
        LLVMIsAConstantAggregateZero(init)) {
        top(w);
        return;
    }
    n = LLVMGetNumOperands(init);
    for (int i = 0; i < n && !w->out->top; i++)
        visit_leaves(w, in, LLVMGetOperand(init, (unsigned)i));
}

/* A variable of one module that is only loaded and stored as a whole. */
static void visit_variable(struct walk *w, struct def *d)
{
    if (!d->symbol->local || !LLVMGetInitializer(d->ir)) {
        top(w);
        return;
    }
    IR_EACH_USE (u, d->ir) {
        LLVMValueRef i = LLVMGetUser(u);
        if (LLVMIsALoadInst(i))
            continue;
        if (!LLVMIsAStoreInst(i) || LLVMGetOperand(i, 1) != d->ir) {
            top(w);
            return;
        }
        LLVMValueRef f = LLVMGetBasicBlockParent(LLVMGetInstructionParent(i));
        struct def *storing = def_of(w->a, f);
        if (storing && reached(w->a, storing) && block_live(storing, i))
            visit(w, storing, LLVMGetOperand(i, 0));
    }
    visit(w, d, LLVMGetInitializer(d->ir));
}

static void visit_load(struct walk *w, LLVMValueRef load)
{
    LLVMValueRef p = LLVMGetOperand(load, 0);
    bool whole = true;
    struct def *d;

    while (LLVMIsAGetElementPtrInst(p) ||
           (LLVMIsAConstantExpr(p) &&
            LLVMGetConstOpcode(p) == LLVMGetElementPtr)) {
        p = LLVMGetOperand(p, 0);
        whole = false;
    }
    d = LLVMIsAGlobalVariable(p) ? def_of(w->a, p) : NULL;
    if (d && d->kind == DEF_DATA) {
        whole &= LLVMTypeOf(load) == LLVMGlobalGetValueType(d->ir);
        if (LLVMIsGlobalConstant(d->ir) && LLVMGetInitializer(d->ir)) {
            visit_leaves(w, d, LLVMGetInitializer(d->ir));
            return;
        }
        if (whole) {
            visit_variable(w, d);
            return;
        }
    }
    top(w);
}

/* ---- values ---- */

static void visit_result(struct walk *w, LLVMValueRef call)
{
    LLVMValueRef callee = LLVMGetCalledValue(call);
    struct def *f = LLVMIsAFunction(callee) ? def_of(w->a, callee) : NULL;

    if (!f || f->kind != DEF_FUNCTION || !reached(w->a, f)) {
        top(w);
        return;
    }
    IR_EACH_BLOCK (b, f->ir) {
        LLVMValueRef t = LLVMGetBasicBlockTerminator(b);
        if (LLVMIsAReturnInst(t) && LLVMGetNumOperands(t) && block_live(f, t))
            visit(w, f, LLVMGetOperand(t, 0));
    }
}

static void visit_phi(struct walk *w, struct def *in, LLVMValueRef v)
{
    unsigned n = LLVMCountIncoming(v);

    for (unsigned i = 0; i < n && !w->out->top; i++) {
        LLVMValueRef t =
            LLVMGetBasicBlockTerminator(LLVMGetIncomingBlock(v, i));
        if (block_live(in, t))
            visit(w, in, LLVMGetIncomingValue(v, i));
    }
}

/* Flags put together: each of these with each of those. */
static void visit_or(struct walk *w, struct def *in, LLVMValueRef v)
{
    struct consts c[2] = {{0}, {0}};

    for (unsigned i = 0; i < 2; i++) {
        struct walk inner = {
            .a = w->a, .out = &c[i], .at = w->at, .depth = w->depth + 1};
        if (inner.depth <= MAX_DEPTH)
            visit(&inner, in, LLVMGetOperand(v, i));
        else
            top(&inner);
        hmfree(inner.seen);
    }
    if (c[0].top || c[1].top ||
        arrlenu(c[0].values) * arrlenu(c[1].values) > MAX_VALUES)
        top(w);
    for (size_t i = 0; !w->out->top && i < arrlenu(c[0].values); i++)
        for (size_t k = 0; k < arrlenu(c[1].values); k++) {
            LLVMValueRef x = c[0].values[i].value, y = c[1].values[k].value;
            if (LLVMIsAConstantInt(x) && LLVMIsAConstantInt(y))
                add(w, LLVMConstInt(LLVMTypeOf(v),
                                    LLVMConstIntGetZExtValue(x) |
                                        LLVMConstIntGetZExtValue(y),
                                    0));
            else
                top(w);
        }
    consts_free(&c[0]);
    consts_free(&c[1]);
}

/* What passes here keeps so many bits only. */
static void visit_narrowed(struct walk *w, struct def *in, LLVMValueRef trunc)
{
    unsigned before = w->bits, bits = LLVMGetIntTypeWidth(LLVMTypeOf(trunc));

    if (!before || bits < before)
        w->bits = bits;
    visit(w, in, LLVMGetOperand(trunc, 0));
    w->bits = before;
}

static void visit(struct walk *w, struct def *in, LLVMValueRef v)
{
    if (w->out->top || LLVMIsUndef(v))
        return;
    if (LLVMIsConstant(v)) {
        add(w, v);
        return;
    }
    if (hmgeti(w->seen, v) >= 0) {
        if (w->bits) /* and perhaps not seen with these bits */
            top(w);
        return;
    }
    hmput(w->seen, v, 1);
    if (LLVMIsAArgument(v)) {
        visit_parameter(w, in, v);
    } else if (LLVMIsAPHINode(v)) {
        visit_phi(w, in, v);
    } else if (LLVMIsASelectInst(v)) {
        visit(w, in, LLVMGetOperand(v, 1));
        visit(w, in, LLVMGetOperand(v, 2));
    } else if (LLVMIsATruncInst(v)) {
        visit_narrowed(w, in, v);
    } else if (LLVMIsACastInst(v) || LLVMIsAFreezeInst(v)) {
        visit(w, in, LLVMGetOperand(v, 0));
    } else if (LLVMIsALoadInst(v)) {
        visit_load(w, v);
    } else if (ir_is_call(v)) {
        visit_result(w, v);
    } else if (LLVMIsABinaryOperator(v) &&
               LLVMGetInstructionOpcode(v) == LLVMOr) {
        visit_or(w, in, v);
    } else {
        top(w);
    }
    if (hmlen(w->seen) > MAX_VISITS)
        top(w);
}

struct consts consts_of(struct analysis *a, struct def *in, LLVMValueRef v)
{
    struct consts c = {0};
    struct walk w = {.a = a, .out = &c};

    if (a->options.without[SWITCH_consts])
        top(&w);
    else
        visit(&w, in, v);
    hmfree(w.seen);
    return c;
}

struct consts consts_of_argument(struct analysis *a, const struct call *c,
                                 const struct def *to, unsigned k)
{
    LLVMValueRef v = const_argument(a, c, to, k);

    return v ? consts_of(a, c->from, v) : (struct consts){.top = true};
}

void consts_free(struct consts *c)
{
    arrfree(c->values);
}

/* ---- strings ---- */

static bool is_address(LLVMValueRef v)
{
    return LLVMIsAConstantExpr(v) && LLVMGetConstOpcode(v) == LLVMGetElementPtr;
}

/* Adds the bytes between an address and what it starts from, if known. */
static bool add_bytes(LLVMTargetDataRef td, LLVMValueRef gep, long long *bytes)
{
    LLVMTypeRef t = LLVMGetGEPSourceElementType(gep);
    int n = LLVMGetNumOperands(gep);

    for (int i = 1; i < n; i++) {
        LLVMValueRef k = LLVMGetOperand(gep, (unsigned)i);
        if (!LLVMIsAConstantInt(k))
            return false;
        if (i > 1 && LLVMGetTypeKind(t) == LLVMStructTypeKind) {
            unsigned field = (unsigned)LLVMConstIntGetZExtValue(k);
            *bytes += (long long)LLVMOffsetOfElement(td, t, field);
            t = LLVMStructGetTypeAtIndex(t, field);
            continue;
        }
        if (i > 1)
            t = LLVMGetElementType(t);
        *bytes +=
            LLVMConstIntGetSExtValue(k) * (long long)LLVMABISizeOfType(td, t);
    }
    return true;
}

/* The constant that an address points into, and how many bytes far. */
static LLVMValueRef base_of(struct analysis *a, LLVMValueRef v,
                            LLVMTargetDataRef *td, unsigned long long *at)
{
    LLVMValueRef base = v;
    long long bytes = 0;
    struct def *d;

    while (is_address(base))
        base = LLVMGetOperand(base, 0);
    d = LLVMIsAGlobalVariable(base) ? def_of(a, base) : NULL;
    if (!d || d->kind != DEF_DATA || !LLVMIsGlobalConstant(d->ir))
        return NULL;
    *td = LLVMGetModuleDataLayout(LLVMGetGlobalParent(d->ir));
    for (; is_address(v); v = LLVMGetOperand(v, 0))
        if (!add_bytes(*td, v, &bytes))
            return NULL;
    *at = (unsigned long long)bytes;
    return bytes < 0 ? NULL : LLVMGetInitializer(d->ir);
}

/* The array of integers around byte *at of v; *at becomes the byte in it. */
static LLVMValueRef integers_at(LLVMTargetDataRef td, LLVMValueRef v,
                                unsigned long long *at)
{
    while (v) {
        LLVMTypeRef t = LLVMTypeOf(v);
        unsigned long long i, size;
        if (*at >= LLVMABISizeOfType(td, t))
            return NULL;
        if (LLVMGetTypeKind(t) == LLVMStructTypeKind) {
            i = LLVMElementAtOffset(td, t, *at);
            *at -= LLVMOffsetOfElement(td, t, (unsigned)i);
        } else if (LLVMGetTypeKind(t) == LLVMArrayTypeKind) {
            LLVMTypeRef of = LLVMGetElementType(t);
            if (LLVMGetTypeKind(of) == LLVMIntegerTypeKind)
                return v;
            size = LLVMABISizeOfType(td, of);
            i = *at / size;
            *at %= size;
        } else {
            return NULL;
        }
        v = LLVMGetAggregateElement(v, (unsigned)i);
    }
    return NULL;
}

/* Characters of so many bits, up to the zero that must be there. */
static char *string(struct analysis *a, LLVMValueRef v, unsigned bits)
{
    unsigned long long at = 0;
    LLVMTargetDataRef td;
    struct buf b = {0};
    unsigned n;

    v = base_of(a, v, &td, &at);
    v = v ? integers_at(td, v, &at) : NULL;
    if (!v || at % (bits / 8) != 0 ||
        LLVMGetIntTypeWidth(LLVMGetElementType(LLVMTypeOf(v))) != bits)
        return NULL;
    n = LLVMGetArrayLength(LLVMTypeOf(v));
    for (unsigned i = (unsigned)(at / (bits / 8)); i < n; i++) {
        LLVMValueRef c = LLVMGetAggregateElement(v, i);
        unsigned long long u;
        if (!c || !LLVMIsAConstantInt(c))
            break;
        u = LLVMConstIntGetZExtValue(c);
        if (!u) {
            buf_add(&b, "", 0);
            return b.p;
        }
        char byte = bits == 8 || u < 128 ? (char)u : '?';
        buf_add(&b, &byte, 1);
    }
    buf_free(&b);
    return NULL;
}

char *const_string(struct analysis *a, LLVMValueRef v)
{
    return string(a, v, 8);
}

char *const_wide_string(struct analysis *a, LLVMValueRef v)
{
    return string(a, v, 32);
}
