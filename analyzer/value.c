/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * value.c: what a value is, if it is always the same number or null.
 *
 * The value half of sparse conditional constant propagation across functions
 * (Wegman and Zadeck 1991): numbers, knobs (loads of CFG_*), arithmetic,
 * comparisons, phis over live edges, and calls. A call is what its function
 * returns in the blocks that can run; a system call that nobody provides is
 * -ENOSYS; a call through a pointer is what all functions that it may reach
 * agree on. A small function is looked at with the arguments at hand.
 *
 * Optimistic: what is NOT_YET known may become known, then various, and
 * whoever asked is worked again (reach.c). What is not understood is various.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "sysname.h"

enum {
    MAX_DEPTH = 12,   /* of one expression */
    MAX_BUDGET = 300, /* values that one question may look at */
    MAX_CALLS = 3,    /* functions looked at with arguments, one in another */
    SMALL = 12,       /* blocks of such a function */
    MAX_ARGUMENTS = 8
};

static const struct known various = {VARIOUS, 0, 0};
static const struct known not_yet = {NOT_YET, 0, 0};

/* Bits of an integer or an address; 0: not looked at. */
static unsigned bits_of(LLVMTypeRef t)
{
    if (LLVMGetTypeKind(t) == LLVMPointerTypeKind)
        return 64;
    return LLVMGetTypeKind(t) == LLVMIntegerTypeKind ? LLVMGetIntTypeWidth(t)
                                                     : 0;
}

static struct known make(unsigned long long value, unsigned bits)
{
    if (bits == 0 || bits > 64)
        return various;
    if (bits < 64)
        value &= (1ULL << bits) - 1;
    return (struct known){KNOWN, bits, value};
}

long long known_signed(struct known k)
{
    unsigned shift = 64 - k.bits;

    return (long long)(k.value << shift) >> shift;
}

struct known known_join(struct known x, struct known y)
{
    if (x.state == NOT_YET)
        return y;
    if (y.state == NOT_YET)
        return x;
    if (x.state == VARIOUS || y.state == VARIOUS || x.bits != y.bits ||
        x.value != y.value)
        return various;
    return x;
}

static struct known evaluate(struct view *w, LLVMValueRef v, int depth);

/* ---- arithmetic ---- */

static bool holds(LLVMIntPredicate p, struct known x, struct known y)
{
    long long sx = known_signed(x), sy = known_signed(y);

    switch (p) {
    case LLVMIntEQ:
        return x.value == y.value;
    case LLVMIntNE:
        return x.value != y.value;
    case LLVMIntUGT:
        return x.value > y.value;
    case LLVMIntUGE:
        return x.value >= y.value;
    case LLVMIntULT:
        return x.value < y.value;
    case LLVMIntULE:
        return x.value <= y.value;
    case LLVMIntSGT:
        return sx > sy;
    case LLVMIntSGE:
        return sx >= sy;
    case LLVMIntSLT:
        return sx < sy;
    case LLVMIntSLE:
        return sx <= sy;
    }
    return false;
}

static bool is(struct known k, unsigned long long value)
{
    return k.state == KNOWN && k.value == value;
}

/* Both operands known, or one that decides alone. */
static struct known arithmetic(LLVMValueRef v, struct known x, struct known y)
{
    unsigned bits = bits_of(LLVMTypeOf(v));
    LLVMOpcode op = LLVMGetInstructionOpcode(v);

    if (op == LLVMAnd && (is(x, 0) || is(y, 0)))
        return make(0, bits);
    if (op == LLVMOr && bits == 1 && (is(x, 1) || is(y, 1)))
        return make(1, bits);
    if (x.state != KNOWN || y.state != KNOWN)
        return x.state == NOT_YET || y.state == NOT_YET ? not_yet : various;
    switch (op) {
    case LLVMICmp:
        return make(holds(LLVMGetICmpPredicate(v), x, y), 1);
    case LLVMAnd:
        return make(x.value & y.value, bits);
    case LLVMOr:
        return make(x.value | y.value, bits);
    case LLVMXor:
        return make(x.value ^ y.value, bits);
    case LLVMAdd:
        return make(x.value + y.value, bits);
    case LLVMSub:
        return make(x.value - y.value, bits);
    case LLVMMul:
        return make(x.value * y.value, bits);
    default:
        return various;
    }
}

/* ---- knobs, phis, parameters ---- */

static struct known knob_value(struct view *w, LLVMValueRef load)
{
    LLVMValueRef p = LLVMGetOperand(load, 0);
    const struct knob *k;

    if (!LLVMIsAGlobalVariable(p) || !LLVMIsDeclaration(p) ||
        !has_prefix(ir_name(p), "CFG_"))
        return various;
    k = pool_knob(&w->a->pool, ir_name(p) + 4);
    if (!k || k->open || w->a->options.without[SWITCH_knobs])
        return various;
    if (k == w->a->question.knob)
        return make(0, bits_of(LLVMTypeOf(load)));
    return make((unsigned long long)expr_value(k->value, w->a->run.facts),
                bits_of(LLVMTypeOf(load)));
}

/* Not optimistic about its own value: a loop makes it various. */
static struct known phi(struct view *w, LLVMValueRef v, int depth)
{
    unsigned n = LLVMCountIncoming(v);
    struct known all = not_yet;

    for (unsigned i = 0; i < n && all.state != VARIOUS; i++)
        if (branch_is_live(w, LLVMGetIncomingBlock(v, i)))
            all = known_join(
                all, evaluate(w, LLVMGetIncomingValue(v, i), depth + 1));
    return all;
}

static struct known parameter(const struct view *w, LLVMValueRef v)
{
    LLVMValueRef f = LLVMGetParamParent(v);

    for (unsigned i = 0; w->args && i < MAX_ARGUMENTS; i++)
        if (LLVMGetParam(f, i) == v)
            return w->args[i];
    return various;
}

/* ---- calls ---- */

static void ask(struct view *w, struct def *d)
{
    for (size_t i = 0; i < arrlenu(d->askers); i++)
        if (d->askers[i] == w->asker)
            return;
    arrput(d->askers, w->asker);
}

bool value_is_small(const struct def *d)
{
    return d->body && arrlenu(d->body->blocks) <= SMALL;
}

/* Its result, if the call takes it as the function gives it. */
static struct known returned(const struct def *f, LLVMValueRef call)
{
    LLVMTypeRef t = LLVMGetReturnType(LLVMGlobalGetValueType(f->ir));

    return bits_of(t) == bits_of(LLVMTypeOf(call)) ? f->result : various;
}

/* What f returns when it is called with what is known of these arguments. */
static struct known with_arguments(struct view *w, struct def *f,
                                   LLVMValueRef call)
{
    struct known args[MAX_ARGUMENTS];
    bool live[SMALL] = {false}, any = false;
    struct view inner = *w;
    unsigned n = LLVMCountParams(f->ir);

    if (returned(f, call).state != f->result.state)
        return various;
    if (!value_is_small(f) || n > MAX_ARGUMENTS || w->calls >= MAX_CALLS ||
        LLVMGetNumArgOperands(call) < n ||
        LLVMIsFunctionVarArg(LLVMGlobalGetValueType(f->ir)))
        return f->result;
    for (unsigned i = 0; i < n; i++) {
        args[i] = evaluate(w, LLVMGetOperand(call, i), 1);
        if (args[i].state == KNOWN &&
            args[i].bits != bits_of(LLVMTypeOf(LLVMGetParam(f->ir, i))))
            args[i] = various;
        any |= args[i].state != VARIOUS;
    }
    if (!any)
        return f->result;
    inner.d = f;
    inner.live = live;
    inner.args = args;
    inner.calls++;
    branch_flow(&inner);
    return branch_result(&inner);
}

static struct known direct(struct view *w, LLVMValueRef call, LLVMValueRef to)
{
    struct symbol *s = symbol_of(&w->a->program, to);
    struct def *f;

    if (!s || reach_is_syscall(w->a, s))
        return various;
    if (s->run != w->a->run.number)
        return not_yet; /* its block is still to be worked */
    if (s->is_undefined && has_prefix(s->name, "uc_sys_"))
        return make((unsigned long long)-sysname_enosys(w->a->options.arch),
                    bits_of(LLVMTypeOf(call)));
    if (s->is_undefined || s->is_late || (s->is_weak && !s->chosen) ||
        symbol_given(w->a, s->name))
        return various;
    if (!s->chosen || s->is_cut) /* of a role to be filled; a fault */
        return not_yet;
    if (s->chosen->kind == DEF_ALIAS && !LLVMIsAGlobalAlias(s->chosen->ir))
        return various;
    f = refer_target(w->a, s);
    if (!f || f->kind != DEF_FUNCTION)
        return various;
    if (refer_is_banned(w->a, f))
        return various;
    if (!reached(w->a, f))
        return not_yet;
    ask(w, f);
    return with_arguments(w, f, call);
}

/* May it reach a function that has no IR? */
static bool reaches_outside(struct analysis *a, const struct site *s)
{
    for (size_t i = 0; i < arrlenu(a->run.outsiders); i++) {
        const struct outsider *o = &a->run.outsiders[i];
        if (o->signature < 0 ||
            signature_fits(a, s->signature, o->signature, o->taken_by_app))
            return true;
    }
    return signature_is_any(a, s->signature);
}

/* What all functions that the site may reach agree on. */
static struct known through_pointer(struct view *w, LLVMValueRef call)
{
    struct reach *r = &w->a->run;
    struct known all = not_yet;
    struct site *s = NULL;

    for (size_t i = 0; i < arrlenu(w->d->body->sites) && !s; i++)
        if (w->d->body->sites[i].at == call)
            s = &w->d->body->sites[i];
    if (!s || s->various_run == r->number || reaches_outside(w->a, s))
        return various;
    if (!w->asker->asks_pointers)
        arrput(r->pointer_askers, w->asker);
    w->asker->asks_pointers = true;
    for (size_t i = 0; i < arrlenu(r->taken) && all.state != VARIOUS; i++) {
        struct def *d = r->taken[i];
        if (!reached(w->a, d) || !refer_may_call(w->a, s, d))
            continue;
        ask(w, d);
        all = known_join(all, returned(d, call));
    }
    if (all.state == VARIOUS)
        s->various_run = r->number;
    return all;
}

static struct known result(struct view *w, LLVMValueRef call)
{
    LLVMValueRef callee = LLVMGetCalledValue(call);
    unsigned bits = bits_of(LLVMTypeOf(call));
    struct known k = various;

    if (!bits || bits > 64 || w->a->options.without[SWITCH_values])
        return various;
    if (LLVMGetTailCallKind(call) == LLVMTailCallKindMustTail)
        return various; /* the linker cannot look at what it returns */
    if (LLVMIsAFunction(callee) || LLVMIsAGlobalAlias(callee))
        k = direct(w, call, callee);
    else if (!LLVMIsConstant(callee) && !LLVMIsAInlineAsm(callee))
        k = through_pointer(w, call);
    return k.state == KNOWN && k.bits != bits ? various : k;
}

/* ---- values ---- */

static struct known instruction(struct view *w, LLVMValueRef v, int depth)
{
    struct known x, y;

    switch (LLVMGetInstructionOpcode(v)) {
    case LLVMLoad:
        return knob_value(w, v);
    case LLVMPHI:
        return phi(w, v, depth);
    case LLVMCall:
    case LLVMInvoke:
        return result(w, v);
    case LLVMZExt:
    case LLVMTrunc:
    case LLVMFreeze:
    case LLVMIntToPtr:
    case LLVMPtrToInt:
        x = evaluate(w, LLVMGetOperand(v, 0), depth + 1);
        return x.state == KNOWN ? make(x.value, bits_of(LLVMTypeOf(v))) : x;
    case LLVMSExt:
        x = evaluate(w, LLVMGetOperand(v, 0), depth + 1);
        return x.state == KNOWN ? make((unsigned long long)known_signed(x),
                                       bits_of(LLVMTypeOf(v)))
                                : x;
    case LLVMSelect:
        x = evaluate(w, LLVMGetOperand(v, 0), depth + 1);
        if (x.state == NOT_YET)
            return x;
        if (x.state == KNOWN)
            return evaluate(w, LLVMGetOperand(v, x.value ? 1 : 2), depth + 1);
        x = evaluate(w, LLVMGetOperand(v, 1), depth + 1);
        y = evaluate(w, LLVMGetOperand(v, 2), depth + 1);
        return known_join(x, y);
    case LLVMICmp:
    case LLVMAnd:
    case LLVMOr:
    case LLVMXor:
    case LLVMAdd:
    case LLVMSub:
    case LLVMMul:
        x = evaluate(w, LLVMGetOperand(v, 0), depth + 1);
        y = evaluate(w, LLVMGetOperand(v, 1), depth + 1);
        return arithmetic(v, x, y);
    default:
        return various;
    }
}

static struct known evaluate(struct view *w, LLVMValueRef v, int depth)
{
    unsigned bits = bits_of(LLVMTypeOf(v));

    if (!bits || bits > 64 || depth > MAX_DEPTH || --w->budget < 0)
        return various;
    if (LLVMIsAConstantInt(v))
        return make(LLVMConstIntGetZExtValue(v), bits);
    if (LLVMIsAConstantPointerNull(v))
        return make(0, bits);
    if (LLVMIsAArgument(v))
        return parameter(w, v);
    return LLVMIsAInstruction(v) ? instruction(w, v, depth) : various;
}

/* ---- what no run can know ---- */

/* What evaluate() may find for a value in a live block, in any run. */
enum prospect {
    ALWAYS_VARIOUS,
    NEVER_NOT_YET, /* it depends on the live blocks of its function only */
    ANYTHING
};

static enum prospect prospect(LLVMValueRef v, bool small, int depth,
                              int *budget);

/* The greatest of n operands, from the first on. */
static enum prospect greatest(LLVMValueRef v, int first, int n, bool small,
                              int depth, int *budget)
{
    enum prospect most = ALWAYS_VARIOUS;

    for (int i = first; i < n && most < ANYTHING; i++) {
        LLVMValueRef x = LLVMIsAPHINode(v)
                             ? LLVMGetIncomingValue(v, (unsigned)i)
                             : LLVMGetOperand(v, (unsigned)i);
        enum prospect p = prospect(x, small, depth + 1, budget);
        if (p > most)
            most = p;
    }
    return most;
}

static enum prospect prospect_of(LLVMValueRef v, bool small, int depth,
                                 int *budget)
{
    enum prospect x, y;

    switch (LLVMGetInstructionOpcode(v)) {
    case LLVMLoad:
        return LLVMIsAGlobalVariable(LLVMGetOperand(v, 0)) ? ANYTHING
                                                           : ALWAYS_VARIOUS;
    case LLVMCall:
    case LLVMInvoke:
        return ANYTHING;
    case LLVMPHI:
        return greatest(v, 0, (int)LLVMCountIncoming(v), small, depth, budget);
    case LLVMZExt:
    case LLVMTrunc:
    case LLVMFreeze:
    case LLVMIntToPtr:
    case LLVMPtrToInt:
    case LLVMSExt:
        return greatest(v, 0, 1, small, depth, budget);
    case LLVMSelect:
        return greatest(v, 0, 3, small, depth, budget);
    case LLVMAnd:
    case LLVMOr:
        return greatest(v, 0, 2, small, depth, budget);
    case LLVMICmp:
    case LLVMXor:
    case LLVMAdd:
    case LLVMSub:
    case LLVMMul:
        x = greatest(v, 0, 1, small, depth, budget);
        y = greatest(v, 1, 2, small, depth, budget);
        if (x == ANYTHING || y == ANYTHING)
            return ANYTHING;
        if (x == ALWAYS_VARIOUS) /* one that is various decides */
            return x;
        return y;
    default:
        return ALWAYS_VARIOUS;
    }
}

static enum prospect prospect(LLVMValueRef v, bool small, int depth,
                              int *budget)
{
    unsigned bits = bits_of(LLVMTypeOf(v));

    if (!bits || bits > 64 || depth > MAX_DEPTH)
        return ALWAYS_VARIOUS;
    if (--*budget < 0)
        return ANYTHING;
    if (LLVMIsAConstantInt(v) || LLVMIsAConstantPointerNull(v))
        return NEVER_NOT_YET;
    if (LLVMIsAArgument(v))
        return small ? ANYTHING : ALWAYS_VARIOUS;
    if (LLVMIsAInstruction(v))
        return prospect_of(v, small, depth, budget);
    return ALWAYS_VARIOUS;
}

bool value_is_various(const struct def *d, LLVMValueRef v)
{
    int budget = MAX_BUDGET;

    return prospect(v, value_is_small(d), 0, &budget) == ALWAYS_VARIOUS;
}

struct known value_of(struct view *w, LLVMValueRef v)
{
    w->budget = MAX_BUDGET;
    return evaluate(w, v, 0);
}
