/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * values.c: what the analysis knows that calls return.
 *
 * `value F N V`: the Nth call in F returns V whenever it returns: its uses
 * become the constant, and the optimiser drops what hangs on other values.
 * `expect F N V`: the same of a call through a pointer, where the analysis
 * could be wrong if the program forges pointers: another value is a call of a
 * fault address, which unicore-run explains, as with cut functions (cut.c).
 *
 * Calls are counted as they stand in the merged module, intrinsics not: so
 * this runs before anything is changed.
 */
#include <string.h>

#include "linker.h"

static LLVMValueRef call_number(LLVMValueRef f, unsigned n)
{
    IR_EACH_BLOCK (b, f)
        IR_EACH_INST (i, b)
            if (ir_is_numbered_call(i) && n-- == 0)
                return i;
    return NULL;
}

static void add_attribute(LLVMContextRef ctx, LLVMValueRef f, const char *name)
{
    unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));

    LLVMAddAttributeAtIndex(f, (LLVMAttributeIndex)LLVMAttributeFunctionIndex,
                            LLVMCreateEnumAttribute(ctx, kind, 0));
}

/* void f(word): a call of fault number n unless the word is v. */
static LLVMValueRef checker(struct link *l, const struct value *v, size_t n)
{
    LLVMTypeRef word = LLVMInt64TypeInContext(l->context);
    LLVMTypeRef none = LLVMVoidTypeInContext(l->context);
    LLVMTypeRef fault = LLVMFunctionType(none, NULL, 0, 0);
    char *name = format("uc_expect.%zu", n);
    LLVMValueRef f =
        LLVMAddFunction(l->module, name, LLVMFunctionType(none, &word, 1, 0));
    LLVMBasicBlockRef entry = LLVMAppendBasicBlockInContext(l->context, f, "");
    LLVMBasicBlockRef bad = LLVMAppendBasicBlockInContext(l->context, f, "");
    LLVMBasicBlockRef good = LLVMAppendBasicBlockInContext(l->context, f, "");
    LLVMBuilderRef b = LLVMCreateBuilderInContext(l->context);

    LLVMPositionBuilderAtEnd(b, entry);
    LLVMBuildCondBr(
        b,
        LLVMBuildICmp(b, LLVMIntEQ, LLVMGetParam(f, 0),
                      LLVMConstInt(word, (unsigned long long)v->value, 0), ""),
        good, bad);
    LLVMPositionBuilderAtEnd(b, bad);
    LLVMBuildCall2(b, fault, fault_address(l->module, n), NULL, 0, "");
    LLVMBuildUnreachable(b);
    LLVMPositionBuilderAtEnd(b, good);
    LLVMBuildRetVoid(b);
    LLVMDisposeBuilder(b);
    LLVMSetLinkage(f, LLVMInternalLinkage);
    add_attribute(l->context, f, "minsize");
    add_attribute(l->context, f, "optsize");
    add_attribute(l->context, f, "nounwind");
    name_add(&l->origins, name, origin_of(l, v->function));
    free(name);
    return f;
}

static void check(struct link *l, const struct value *v, LLVMValueRef call)
{
    char *name = value_name(v);
    size_t n = pick_lost(&l->pick, name);
    LLVMValueRef f = checker(l, v, n), word;
    LLVMTypeRef to = LLVMInt64TypeInContext(l->context);
    LLVMBuilderRef b = LLVMCreateBuilderInContext(l->context);

    LLVMPositionBuilderBefore(b, LLVMGetNextInstruction(call));
    word = LLVMGetTypeKind(LLVMTypeOf(call)) == LLVMPointerTypeKind
               ? LLVMBuildPtrToInt(b, call, to, "")
               : LLVMBuildIntCast2(b, call, to, 1, "");
    LLVMBuildCall2(b, LLVMGlobalGetValueType(f), f, &word, 1, "");
    LLVMDisposeBuilder(b);
    free(name);
}

static bool apply(struct link *l, const struct value *v)
{
    LLVMValueRef f = LLVMGetNamedFunction(l->module, v->function);
    LLVMValueRef call = f ? call_number(f, v->number) : NULL;
    LLVMTypeKind kind = call ? LLVMGetTypeKind(LLVMTypeOf(call)) : 0;

    if (!call || (kind != LLVMIntegerTypeKind && kind != LLVMPointerTypeKind) ||
        (kind == LLVMPointerTypeKind && v->value)) {
        error("%s: value %s %u: no such call in the program", l->pick_path,
              v->function, v->number);
        return false;
    }
    /* what follows asm goto, or a call with a landing pad, is elsewhere */
    if (LLVMIsACallBrInst(call) || (v->checked && LLVMIsAInvokeInst(call)) ||
        (LLVMIsACallInst(call) &&
         LLVMGetTailCallKind(call) == LLVMTailCallKindMustTail))
        return true;
    LLVMReplaceAllUsesWith(
        call,
        kind == LLVMPointerTypeKind
            ? LLVMConstNull(LLVMTypeOf(call))
            : LLVMConstInt(LLVMTypeOf(call), (unsigned long long)v->value, 1));
    if (v->checked)
        check(l, v, call);
    trace(l, "cut", "call %u in %s returns %lld", v->number, v->function,
          v->value);
    return true;
}

bool values_apply(struct link *l)
{
    bool ok = true;

    /* from the last: a check adds a call, after the one that it checks */
    for (size_t i = arrlenu(l->pick.values); ok && i--;)
        ok = apply(l, &l->pick.values[i]);
    return ok;
}
