/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_unwind.c: can an exception come back to where it is caught?
 *
 * An exception is thrown by _Unwind_RaiseException, which first looks for a
 * frame that catches it; if there is none, it returns, no frame is left, and
 * the program ends (std::terminate). So without a landing pad that can catch,
 * no landing pad runs at all, and the unwinder and its tables are for nothing:
 * CFG_UNWIND, branch.c, and the linker.
 *
 * A landing pad that only ends the program, as of `noexcept`, catches nothing:
 * whether frames are left before that is the implementation's business
 * (C++17 18.5.1).
 */
#include "analyzer.h"

#include <string.h>

/* Nothing but a call of what ends the program, which clang calls so. */
static bool only_terminates(LLVMValueRef pad)
{
    for (LLVMValueRef i = LLVMGetNextInstruction(pad); i;
         i = LLVMGetNextInstruction(i)) {
        LLVMValueRef to = LLVMIsACallInst(i) ? LLVMGetCalledValue(i) : NULL;
        if (to && LLVMIsAFunction(to) &&
            !strcmp(ir_name(to), "__clang_call_terminate"))
            return true;
        if (!LLVMIsAExtractValueInst(i))
            return false;
    }
    return false;
}

static LLVMValueRef pad_of(LLVMValueRef invoke)
{
    LLVMValueRef i = LLVMGetFirstInstruction(LLVMGetUnwindDest(invoke));

    while (i && LLVMIsAPHINode(i))
        i = LLVMGetNextInstruction(i);
    return i;
}

static bool can_catch(LLVMValueRef invoke)
{
    LLVMValueRef pad = pad_of(invoke);

    if (!pad || !LLVMIsALandingPadInst(pad)) /* of another personality */
        return true;
    return LLVMGetNumClauses(pad) > 0 && !only_terminates(pad);
}

/* The first live call of d whose landing pad may catch, or NULL. */
static LLVMValueRef catches(const struct def *d)
{
    const struct body *b = d->body;

    for (size_t i = 0; i < arrlenu(b->blocks); i++) {
        LLVMValueRef t = b->blocks[i].terminator;
        if (LLVMIsAInvokeInst(t) && block_live(d, t) && can_catch(t))
            return t;
    }
    return NULL;
}

void fact_unwind(struct analysis *a, struct facts *f)
{
    struct def *raise = reached_named(a, "_Unwind_RaiseException");

    if (!raise || f->on[FACT_unwind])
        return;
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        struct def *d = a->run.reached[i];
        LLVMValueRef at =
            d->kind == DEF_FUNCTION && d->body ? catches(d) : NULL;
        if (!at)
            continue;
        facts_add(f, FACT_unwind, NULL, d, at);
        return;
    }
}
