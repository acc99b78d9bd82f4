/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * branch.c: which blocks of a function can run, and what it then returns.
 *
 * The control half of sparse conditional constant propagation; value.c is the
 * other. Edges are only ever added: a branch whose condition is not yet known
 * has none so far, one that is known has one, else all. Each live branch is
 * asked again while something changes, so at the end it has all the
 * successors that its final value allows. A call's landing pad is one only
 * where exceptions can be caught.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

static int block_number(const struct body *b, LLVMBasicBlockRef block)
{
    ptrdiff_t i = hmgeti(((struct body *)(uintptr_t)b)->numbers, block);

    return i < 0 ? -1 : b->numbers[i].value;
}

/* Assembly that does not come back to the code around it may well return. */
static bool returns_by_assembly(LLVMValueRef terminator)
{
    LLVMValueRef i = terminator;

    if (!LLVMIsAUnreachableInst(i))
        return false;
    while ((i = LLVMGetPreviousInstruction(i)))
        if (ir_is_call(i) && LLVMIsAInlineAsm(LLVMGetCalledValue(i)))
            return true;
    return false;
}

/* What its terminator asks for: a condition, or what it returns; or NULL. */
static LLVMValueRef asked(LLVMValueRef t)
{
    LLVMOpcode op = LLVMGetInstructionOpcode(t);

    if ((op == LLVMBr && LLVMGetNumSuccessors(t) > 1) || op == LLVMSwitch ||
        (op == LLVMRet && LLVMGetNumOperands(t)))
        return LLVMGetOperand(t, 0);
    return NULL;
}

/* Past those of a list that stand in a block. */
#define PASS(list, i, number)                                                  \
    while ((i) < arrlenu(list) && (list)[i].block == (number))                 \
    (i)++

void branch_prepare(struct def *d)
{
    struct body *b = d->body;
    size_t ref = 0, site = 0, move = 0;
    int number = 0;

    IR_EACH_BLOCK (x, d->ir)
        hmput(b->numbers, x, number++);
    IR_EACH_BLOCK (x, d->ir) {
        LLVMValueRef t = LLVMGetBasicBlockTerminator(x);
        unsigned n = LLVMGetNumSuccessors(t);
        struct block k = {.ref = ref,
                          .site = site,
                          .move = move,
                          .terminator = t,
                          .asked = asked(t),
                          .returns = LLVMIsAReturnInst(t),
                          .returns_by_assembly = returns_by_assembly(t),
                          .unwinds = LLVMIsAInvokeInst(t) != NULL};
        for (unsigned i = 0; i < n; i++)
            arrput(k.next, block_number(b, LLVMGetSuccessor(t, i)));
        number = (int)arrlen(b->blocks);
        arrput(b->blocks, k);
        PASS(b->refs, ref, number);
        PASS(b->sites, site, number);
        PASS(b->moves, move, number);
    }
    if (ref < arrlenu(b->refs) || site < arrlenu(b->sites) ||
        move < arrlenu(b->moves))
        die_ours("%s: not in the order of its blocks", d->symbol->name);
    for (size_t i = 0; i < arrlenu(b->blocks); i++)
        b->blocks[i].various =
            b->blocks[i].asked && value_is_various(d, b->blocks[i].asked);
}

bool branch_is_live(const struct view *w, LLVMBasicBlockRef block)
{
    int n = block_number(w->d->body, block);

    return n < 0 || w->live[n];
}

/* The successor a known switch takes; the default is the first. */
static size_t switch_target(LLVMValueRef t, unsigned long long value)
{
    int n = LLVMGetNumOperands(t);

    for (int i = 2; i + 1 < n; i += 2) {
        LLVMValueRef c = LLVMGetOperand(t, (unsigned)i);
        if (LLVMConstIntGetZExtValue(c) == value)
            return (size_t)i / 2;
    }
    return 0;
}

static bool mark(struct view *w, int block)
{
    if (block < 0 || w->live[block])
        return false;
    return w->live[block] = true;
}

/* Marks the successors of a live block; true if one is new. */
static bool follow(struct view *w, const struct block *b)
{
    size_t n = arrlenu(b->next), live = 0;
    struct known k = {VARIOUS, 0, 0};
    bool grew = false;

    if (b->unwinds && !w->a->run.facts->on[FACT_unwind])
        n = 1; /* no exception comes this way (fact_unwind.c) */
    for (size_t i = 0; i < n; i++)
        live += b->next[i] < 0 || w->live[b->next[i]];
    if (live == n)
        return false;
    if (b->asked && !b->various)
        k = value_of(w, b->asked);
    if (k.state == NOT_YET)
        return false;
    if (k.state == KNOWN)
        return mark(w, b->next[LLVMIsASwitchInst(b->terminator)
                                   ? switch_target(b->terminator, k.value)
                                   : !k.value]);
    for (size_t i = 0; i < n; i++)
        grew |= mark(w, b->next[i]);
    return grew;
}

bool branch_flow(struct view *w)
{
    struct block *blocks = w->d->body->blocks;
    bool all = w->a->options.without[SWITCH_branches];
    bool grew = arrlenu(blocks) && !w->live[0], any = grew;

    for (size_t i = 0; grew && i < (all ? arrlenu(blocks) : 1); i++)
        w->live[i] = true;
    do {
        grew = false;
        for (size_t i = 0; i < arrlenu(blocks); i++)
            if (w->live[i])
                grew |= follow(w, &blocks[i]);
        any |= grew;
    } while (grew);
    return any;
}

struct known branch_result(struct view *w)
{
    struct block *blocks = w->d->body->blocks;
    struct known all = {NOT_YET, 0, 0};

    for (size_t i = 0; i < arrlenu(blocks) && all.state != VARIOUS; i++) {
        const struct block *x = &blocks[i];
        if (!w->live[i])
            continue;
        if (x->returns_by_assembly || (x->returns && x->various))
            all.state = VARIOUS;
        else if (x->returns && x->asked)
            all = known_join(all, value_of(w, x->asked));
    }
    return all;
}

bool branch_live(struct analysis *a, struct def *d)
{
    struct view w = {.a = a, .asker = d, .d = d, .live = d->live};

    return branch_flow(&w);
}

struct known branch_returns(struct analysis *a, struct def *d)
{
    struct view w = {.a = a, .asker = d, .d = d, .live = d->live};

    return branch_result(&w);
}
