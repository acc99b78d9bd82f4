/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ir_wide.c: atomic accesses of 64 bits, where the processor has none. Code
 * generation would make calls of them, late, to what nobody has looked for;
 * here they become those calls when a module is read, so that the analyzer
 * sees them and libpool/atomic gives the functions. What C has no call for
 * (the largest of two, floating point sums) stays, and is the linker's error.
 */
#include <string.h>

#include <llvm-c/DebugInfo.h>

#include "ir.h"

enum {
    STRONGEST = 5, /* C's memory_order_seq_cst */
};

bool ir_lacks_wide_atomics(LLVMModuleRef m)
{
    const char *triple = LLVMGetTarget(m);

    return has_prefix(triple, "mips-") || has_prefix(triple, "mipsel-");
}

static bool is_wide(LLVMTypeRef t)
{
    LLVMTypeKind kind = LLVMGetTypeKind(t);

    return kind == LLVMDoubleTypeKind ||
           (kind == LLVMIntegerTypeKind && LLVMGetIntTypeWidth(t) == 64);
}

struct place {
    LLVMModuleRef m;
    LLVMContextRef ctx;
    LLVMBuilderRef b;
    LLVMTypeRef i32, i64;
};

/* A call of a function with these arguments, which is declared if need be. */
static LLVMValueRef call(struct place *at, const char *name, LLVMTypeRef result,
                         LLVMValueRef *args, unsigned n)
{
    LLVMTypeRef types[5];
    LLVMValueRef f = LLVMGetNamedFunction(at->m, name);

    for (unsigned i = 0; i < n; i++)
        types[i] = LLVMTypeOf(args[i]);
    LLVMTypeRef type = LLVMFunctionType(result, types, n, false);
    if (!f)
        f = LLVMAddFunction(at->m, name, type);
    bool nothing = LLVMGetTypeKind(result) == LLVMVoidTypeKind;
    return LLVMBuildCall2(at->b, type, f, args, n, nothing ? "" : "wide");
}

static LLVMValueRef order(struct place *at)
{
    return LLVMConstInt(at->i32, STRONGEST, false);
}

static LLVMValueRef as(struct place *at, LLVMValueRef v, LLVMTypeRef t)
{
    return LLVMTypeOf(v) == t ? v : LLVMBuildBitCast(at->b, v, t, "");
}

static LLVMValueRef load(struct place *at, LLVMValueRef inst)
{
    LLVMValueRef args[] = {LLVMGetOperand(inst, 0), order(at)};

    return as(at, call(at, "__atomic_load_8", at->i64, args, 2),
              LLVMTypeOf(inst));
}

static void store(struct place *at, LLVMValueRef inst)
{
    LLVMValueRef args[] = {LLVMGetOperand(inst, 1),
                           as(at, LLVMGetOperand(inst, 0), at->i64), order(at)};

    call(at, "__atomic_store_8", LLVMVoidTypeInContext(at->ctx), args, 3);
}

/* NULL: there is no such call. */
static const char *change_name(LLVMValueRef inst)
{
    switch (LLVMGetAtomicRMWBinOp(inst)) {
    case LLVMAtomicRMWBinOpXchg:
        return "__atomic_exchange_8";
    case LLVMAtomicRMWBinOpAdd:
        return "__atomic_fetch_add_8";
    case LLVMAtomicRMWBinOpSub:
        return "__atomic_fetch_sub_8";
    case LLVMAtomicRMWBinOpAnd:
        return "__atomic_fetch_and_8";
    case LLVMAtomicRMWBinOpNand:
        return "__atomic_fetch_nand_8";
    case LLVMAtomicRMWBinOpOr:
        return "__atomic_fetch_or_8";
    case LLVMAtomicRMWBinOpXor:
        return "__atomic_fetch_xor_8";
    default:
        return NULL;
    }
}

static LLVMValueRef change(struct place *at, LLVMValueRef inst)
{
    LLVMValueRef args[] = {LLVMGetOperand(inst, 0),
                           as(at, LLVMGetOperand(inst, 1), at->i64), order(at)};

    return as(at, call(at, change_name(inst), at->i64, args, 3),
              LLVMTypeOf(inst));
}

/* The expected value goes, and the found one comes back, in memory. */
static LLVMValueRef exchange(struct place *at, LLVMValueRef inst)
{
    LLVMValueRef f = LLVMGetBasicBlockParent(LLVMGetInstructionParent(inst));
    LLVMValueRef first = LLVMGetFirstInstruction(LLVMGetEntryBasicBlock(f));

    LLVMPositionBuilderBefore(at->b, first);
    LLVMValueRef memory = LLVMBuildAlloca(at->b, at->i64, "expected");
    LLVMPositionBuilderBefore(at->b, inst);
    LLVMBuildStore(at->b, as(at, LLVMGetOperand(inst, 1), at->i64), memory);
    LLVMValueRef args[] = {LLVMGetOperand(inst, 0), memory,
                           as(at, LLVMGetOperand(inst, 2), at->i64), order(at),
                           order(at)};
    LLVMTypeRef i1 = LLVMInt1TypeInContext(at->ctx);
    LLVMValueRef done = call(at, "__atomic_compare_exchange_8", i1, args, 5);
    LLVMValueRef was = LLVMBuildLoad2(at->b, at->i64, memory, "");
    LLVMValueRef pair = LLVMGetUndef(LLVMTypeOf(inst));
    pair = LLVMBuildInsertValue(
        at->b, pair, as(at, was, LLVMTypeOf(LLVMGetOperand(inst, 1))), 0, "");
    return LLVMBuildInsertValue(at->b, pair, done, 1, "");
}

/* Is it such an access, and is there a call for it? */
static bool is_meant(LLVMValueRef inst)
{
    switch (LLVMGetInstructionOpcode(inst)) {
    case LLVMLoad:
        return LLVMGetOrdering(inst) && is_wide(LLVMTypeOf(inst));
    case LLVMStore:
        return LLVMGetOrdering(inst) &&
               is_wide(LLVMTypeOf(LLVMGetOperand(inst, 0)));
    case LLVMAtomicRMW:
        return is_wide(LLVMTypeOf(inst)) && change_name(inst);
    case LLVMAtomicCmpXchg:
        return is_wide(LLVMTypeOf(LLVMGetOperand(inst, 1)));
    default:
        return false;
    }
}

static void replace(struct place *at, LLVMValueRef inst)
{
    LLVMValueRef by = NULL;

    LLVMPositionBuilderBefore(at->b, inst);
    LLVMSetCurrentDebugLocation2(at->b, LLVMInstructionGetDebugLoc(inst));
    switch (LLVMGetInstructionOpcode(inst)) {
    case LLVMLoad:
        by = load(at, inst);
        break;
    case LLVMStore:
        store(at, inst);
        break;
    case LLVMAtomicRMW:
        by = change(at, inst);
        break;
    default:
        by = exchange(at, inst);
    }
    if (by)
        LLVMReplaceAllUsesWith(inst, by);
    LLVMInstructionEraseFromParent(inst);
}

void ir_wide_atomics(LLVMModuleRef m)
{
    LLVMContextRef ctx = LLVMGetModuleContext(m);
    struct place at = {.m = m,
                       .ctx = ctx,
                       .b = LLVMCreateBuilderInContext(ctx),
                       .i32 = LLVMInt32TypeInContext(ctx),
                       .i64 = LLVMInt64TypeInContext(ctx)};

    IR_EACH_FUNCTION (f, m) {
        IR_EACH_BLOCK (b, f) {
            LLVMValueRef next;
            for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = next) {
                next = LLVMGetNextInstruction(i);
                if (is_meant(i))
                    replace(&at, i);
            }
        }
    }
    LLVMDisposeBuilder(at.b);
}
