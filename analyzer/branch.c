/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * branch.c: which blocks of a function can run, given the knobs.
 *
 * Sparse conditional constant propagation, cut down to conditions made of
 * knobs (loads of CFG_*), numbers, comparisons, arithmetic and phis. Edges are
 * only ever added; a phi is the common value of its live ways in, and is asked
 * again in each round, so at the end every live branch has all the successors
 * its final value allows. What is not understood counts as unknown: both ways.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_DEPTH = 12
};

struct known {
    bool yes;
    unsigned long long value; /* zero-extended from bits */
    unsigned bits;
};
struct eval {
    struct analysis *a;
    struct def *d;
};

static LLVMValueRef knob_of_load(LLVMValueRef v)
{
    LLVMValueRef p;

    if (!LLVMIsALoadInst(v))
        return NULL;
    p = LLVMGetOperand(v, 0);
    return LLVMIsAGlobalVariable(p) && has_prefix(ir_name(p), "CFG_") ? p
                                                                      : NULL;
}

/* Could v be known under some knobs? */
static bool may_be_known(LLVMValueRef v, int depth)
{
    int n;

    if (LLVMIsAConstantInt(v) || knob_of_load(v))
        return true;
    if (depth > MAX_DEPTH || !LLVMIsAInstruction(v))
        return false;
    switch (LLVMGetInstructionOpcode(v)) {
    case LLVMICmp:
    case LLVMZExt:
    case LLVMSExt:
    case LLVMTrunc:
    case LLVMAnd:
    case LLVMOr:
    case LLVMXor:
    case LLVMAdd:
    case LLVMSub:
    case LLVMMul:
    case LLVMSelect:
    case LLVMPHI:
    case LLVMFreeze:
        break;
    default:
        return false;
    }
    n = LLVMGetNumOperands(v);
    for (int i = 0; i < n; i++) { /* `x & 0` is rare: one unknown is enough */
        LLVMOpcode op = LLVMGetInstructionOpcode(v);
        bool any = op == LLVMAnd || op == LLVMOr || op == LLVMSelect;
        bool known = may_be_known(LLVMGetOperand(v, (unsigned)i), depth + 1);
        if (known && any)
            return true;
        if (!known && !any)
            return false;
    }
    return true;
}

static int block_number(struct body *b, LLVMBasicBlockRef block)
{
    ptrdiff_t i = hmgeti(b->numbers, block);

    return i < 0 ? -1 : b->numbers[i].value;
}

static bool condition_may_be_known(LLVMValueRef t)
{
    LLVMOpcode op = LLVMGetInstructionOpcode(t);

    if (op == LLVMBr)
        return LLVMIsConditional(t) && may_be_known(LLVMGetCondition(t), 0);
    return op == LLVMSwitch && may_be_known(LLVMGetOperand(t, 0), 0);
}

void branch_prepare(struct def *d)
{
    struct body *b = d->body;
    bool any = false;
    int number = 0;

    IR_EACH_BLOCK (x, d->ir)
        any |= condition_may_be_known(LLVMGetBasicBlockTerminator(x));
    if (!any)
        return;
    IR_EACH_BLOCK (x, d->ir)
        hmput(b->numbers, x, number++);
    IR_EACH_BLOCK (x, d->ir) {
        LLVMValueRef t = LLVMGetBasicBlockTerminator(x);
        struct block k = {t, NULL, condition_may_be_known(t)};
        unsigned n = LLVMGetNumSuccessors(k.terminator);
        for (unsigned i = 0; i < n; i++)
            arrput(k.next, block_number(b, LLVMGetSuccessor(k.terminator, i)));
        arrput(b->blocks, k);
    }
}

/* ---- values ---- */

static unsigned bits_of(LLVMValueRef v)
{
    LLVMTypeRef t = LLVMTypeOf(v);

    return LLVMGetTypeKind(t) == LLVMIntegerTypeKind ? LLVMGetIntTypeWidth(t)
                                                     : 0;
}

static struct known make(unsigned long long value, unsigned bits)
{
    if (bits == 0 || bits > 64)
        return (struct known){0};
    if (bits < 64)
        value &= (1ULL << bits) - 1;
    return (struct known){true, value, bits};
}

static long long as_signed(struct known k)
{
    unsigned shift = 64 - k.bits;

    return (long long)(k.value << shift) >> shift;
}

static struct known evaluate(struct eval *e, LLVMValueRef v, int depth);

static struct known compare(LLVMIntPredicate p, struct known x, struct known y)
{
    long long sx = as_signed(x), sy = as_signed(y);

    switch (p) {
    case LLVMIntEQ:
        return make(x.value == y.value, 1);
    case LLVMIntNE:
        return make(x.value != y.value, 1);
    case LLVMIntUGT:
        return make(x.value > y.value, 1);
    case LLVMIntUGE:
        return make(x.value >= y.value, 1);
    case LLVMIntULT:
        return make(x.value < y.value, 1);
    case LLVMIntULE:
        return make(x.value <= y.value, 1);
    case LLVMIntSGT:
        return make(sx > sy, 1);
    case LLVMIntSGE:
        return make(sx >= sy, 1);
    case LLVMIntSLT:
        return make(sx < sy, 1);
    case LLVMIntSLE:
        return make(sx <= sy, 1);
    }
    return (struct known){0};
}

/* Both operands known, or one that decides alone. */
static struct known arithmetic(LLVMValueRef v, struct known x, struct known y)
{
    unsigned bits = bits_of(v);
    LLVMOpcode op = LLVMGetInstructionOpcode(v);

    if (op == LLVMAnd && ((x.yes && !x.value) || (y.yes && !y.value)))
        return make(0, bits);
    if (op == LLVMOr && bits == 1 && ((x.yes && x.value) || (y.yes && y.value)))
        return make(1, bits);
    if (!x.yes || !y.yes)
        return (struct known){0};
    switch (op) {
    case LLVMICmp:
        return compare(LLVMGetICmpPredicate(v), x, y);
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
        return (struct known){0};
    }
}

static bool edge_live(struct eval *e, LLVMBasicBlockRef from)
{
    int n = block_number(e->d->body, from);

    return n < 0 || e->d->live[n];
}

/* Not optimistic about its own value: a loop makes it unknown. */
static struct known phi(struct eval *e, LLVMValueRef v, int depth)
{
    unsigned n = LLVMCountIncoming(v);
    struct known all = {0};

    for (unsigned i = 0; i < n; i++) {
        if (!edge_live(e, LLVMGetIncomingBlock(v, i)))
            continue;
        struct known k = evaluate(e, LLVMGetIncomingValue(v, i), depth + 1);
        if (!k.yes || (all.yes && all.value != k.value))
            return (struct known){0};
        all = k;
    }
    return all;
}

static struct known knob_value(struct eval *e, LLVMValueRef load,
                               LLVMValueRef global)
{
    const struct knob *k = pool_knob(&e->a->pool, ir_name(global) + 4);

    if (!k || k->open || e->a->options.without[SWITCH_knobs])
        return (struct known){0};
    return make((unsigned long long)expr_value(k->value, e->a->run.facts),
                bits_of(load));
}

static struct known evaluate(struct eval *e, LLVMValueRef v, int depth)
{
    LLVMValueRef knob = knob_of_load(v);
    struct known x, y;

    if (knob)
        return knob_value(e, v, knob);
    if (LLVMIsAConstantInt(v) && bits_of(v) <= 64)
        return make(LLVMConstIntGetZExtValue(v), bits_of(v));
    if (depth > MAX_DEPTH || !LLVMIsAInstruction(v))
        return (struct known){0};
    switch (LLVMGetInstructionOpcode(v)) {
    case LLVMPHI:
        return phi(e, v, depth);
    case LLVMZExt:
    case LLVMTrunc:
    case LLVMFreeze:
        x = evaluate(e, LLVMGetOperand(v, 0), depth + 1);
        return x.yes ? make(x.value, bits_of(v)) : x;
    case LLVMSExt:
        x = evaluate(e, LLVMGetOperand(v, 0), depth + 1);
        return x.yes ? make((unsigned long long)as_signed(x), bits_of(v)) : x;
    case LLVMSelect:
        x = evaluate(e, LLVMGetOperand(v, 0), depth + 1);
        if (!x.yes)
            return x;
        return evaluate(e, LLVMGetOperand(v, x.value ? 1 : 2), depth + 1);
    case LLVMICmp:
    case LLVMAnd:
    case LLVMOr:
    case LLVMXor:
    case LLVMAdd:
    case LLVMSub:
    case LLVMMul:
        x = evaluate(e, LLVMGetOperand(v, 0), depth + 1);
        y = evaluate(e, LLVMGetOperand(v, 1), depth + 1);
        return arithmetic(v, x, y);
    default:
        return (struct known){0};
    }
}

/* ---- blocks ---- */

/* The successor a known switch takes; the default is the first. */
static int switch_target(LLVMValueRef t, unsigned long long value)
{
    int n = LLVMGetNumOperands(t);

    for (int i = 2; i + 1 < n; i += 2) {
        LLVMValueRef c = LLVMGetOperand(t, (unsigned)i);
        if (LLVMConstIntGetZExtValue(c) == value)
            return i / 2;
    }
    return 0;
}

/* Marks the successors of a live block; true if one is new. */
static bool follow(struct eval *e, const struct block *b)
{
    struct known k = {0};
    size_t only = 0;
    bool grew = false;

    if (b->constant)
        k = evaluate(e, LLVMGetOperand(b->terminator, 0), 0);
    if (k.yes && LLVMGetInstructionOpcode(b->terminator) == LLVMBr)
        only = k.value ? 0 : 1;
    else if (k.yes)
        only = (size_t)switch_target(b->terminator, k.value);
    for (size_t i = 0; i < arrlenu(b->next); i++) {
        if (k.yes && i != only)
            continue;
        if (b->next[i] >= 0 && !e->d->live[b->next[i]]) {
            e->d->live[b->next[i]] = true;
            grew = true;
        }
    }
    return grew;
}

void branch_live(struct analysis *a, struct def *d)
{
    struct eval e = {a, d};
    struct block *blocks = body_of(a, d)->blocks;
    bool grew = true;

    if (!arrlenu(blocks))
        return;
    if (!d->live)
        d->live = xmalloc(arrlenu(blocks) * sizeof *d->live);
    if (a->options.without[SWITCH_branches]) {
        memset(d->live, 1, arrlenu(blocks) * sizeof *d->live);
        return;
    }
    memset(d->live, 0, arrlenu(blocks) * sizeof *d->live);
    d->live[0] = true;
    while (grew) {
        grew = false;
        for (size_t i = 0; i < arrlenu(blocks); i++)
            if (d->live[i])
                grew |= follow(&e, &blocks[i]);
    }
}
