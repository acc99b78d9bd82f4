/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys.c: system calls.
 *
 * `direct`: the program's `syscall(CONST, ...)` become calls of uc_sys_NAME,
 * with libc's __syscall_ret around them, which turns -errno into errno.
 * `nosys`: functions without a body get one that returns -ENOSYS, so that the
 * branches on its result fold.
 */
#include <stdlib.h>
#include <string.h>

#include <llvm-c/DebugInfo.h>

#include "linker.h"
#include "sysname.h"

/* uc_sys_NAME, declared if nothing has done so yet. */
static LLVMValueRef target_of(LLVMModuleRef m, const char *name, unsigned n,
                              LLVMTypeRef word)
{
    LLVMTypeRef params[6] = {word, word, word, word, word, word};
    char *full = format("uc_sys_%s", name);
    LLVMValueRef f = LLVMGetNamedFunction(m, full);

    if (!f)
        f = LLVMAddFunction(m, full,
                            LLVMFunctionType(word, params, n > 6 ? 6 : n, 0));
    free(full);
    return f;
}

/*
 * A value as an integer of the word's size, or as a pointer. What is shorter
 * gets zeros in front, as the registers of the native call do: there -1 as an
 * int is no -1 as a long either.
 */
static LLVMValueRef convert(LLVMBuilderRef b, LLVMValueRef v, LLVMTypeRef to,
                            bool is_signed)
{
    bool from_pointer = LLVMGetTypeKind(LLVMTypeOf(v)) == LLVMPointerTypeKind;
    bool to_pointer = LLVMGetTypeKind(to) == LLVMPointerTypeKind;

    if (LLVMTypeOf(v) == to)
        return v;
    if (from_pointer)
        return LLVMBuildPtrToInt(b, v, to, "");
    if (to_pointer)
        return LLVMBuildIntToPtr(b, v, to, "");
    return LLVMBuildIntCast2(b, v, to, is_signed, "");
}

/* Did the front end say that argument i has its sign in front? */
static bool is_extended(LLVMValueRef call, unsigned i)
{
    unsigned kind = LLVMGetEnumAttributeKindForName("signext", 7);

    return LLVMGetCallSiteEnumAttribute(call, i + 1, kind) != NULL;
}

/* Arguments 1... of call as f wants them; what is missing is 0. */
static void pass_arguments(LLVMBuilderRef b, LLVMValueRef call, LLVMValueRef f,
                           LLVMValueRef *args)
{
    unsigned given = LLVMGetNumArgOperands(call);
    unsigned wanted = LLVMCountParams(f);

    for (unsigned i = 0; i < wanted; i++) {
        LLVMTypeRef type = LLVMTypeOf(LLVMGetParam(f, i));
        args[i] = i + 1 < given ? convert(b, LLVMGetOperand(call, i + 1), type,
                                          is_extended(call, i + 1))
                                : LLVMConstNull(type);
    }
}

static bool make_direct(struct link *l, LLVMValueRef call, LLVMValueRef ret)
{
    LLVMValueRef number = LLVMGetOperand(call, 0), args[6], f, r;
    LLVMTypeRef word = LLVMTypeOf(call);
    const char *name;
    LLVMBuilderRef b;

    if (!LLVMIsAConstantInt(number))
        return false;
    name = sysname(l->pick.arch, LLVMConstIntGetSExtValue(number));
    if (!name)
        return false;
    f = target_of(l->module, name, LLVMGetNumArgOperands(call) - 1, word);
    if (LLVMCountParams(f) > 6)
        return false;
    b = LLVMCreateBuilderInContext(l->context);
    LLVMPositionBuilderBefore(b, call);
    LLVMSetCurrentDebugLocation2(b, LLVMInstructionGetDebugLoc(call));
    pass_arguments(b, call, f, args);
    r = LLVMBuildCall2(b, LLVMGlobalGetValueType(f), f, args,
                       LLVMCountParams(f), "");
    r = LLVMBuildCall2(b, LLVMGlobalGetValueType(ret), ret, &r, 1, "");
    LLVMReplaceAllUsesWith(call, r);
    LLVMInstructionEraseFromParent(call);
    LLVMDisposeBuilder(b);
    trace(l, "cut", "syscall of %s is direct", name);
    return true;
}

/* No system call throws: what has a landing pad becomes a call without. */
static void plain_calls(struct link *l, LLVMValueRef f)
{
    unsigned kind = LLVMGetEnumAttributeKindForName("nounwind", 8);
    bool any = false;

    IR_EACH_USE (u, f)
        any |= LLVMIsAInvokeInst(LLVMGetUser(u)) != NULL;
    if (!any)
        return;
    LLVMAddAttributeAtIndex(f, (LLVMAttributeIndex)LLVMAttributeFunctionIndex,
                            LLVMCreateEnumAttribute(l->context, kind, 0));
    run_passes(l, "function(simplifycfg)");
}

void sys_direct(struct link *l)
{
    LLVMValueRef f = LLVMGetNamedFunction(l->module, "syscall");
    LLVMValueRef ret = LLVMGetNamedFunction(l->module, "__syscall_ret");
    LLVMValueRef *calls = NULL;

    if (!f || !ret)
        return;
    plain_calls(l, f);
    IR_EACH_USE (u, f) {
        LLVMValueRef call = LLVMGetUser(u);
        if (LLVMIsACallInst(call) && LLVMGetCalledValue(call) == f)
            arrput(calls, call);
    }
    for (size_t i = 0; i < arrlenu(calls); i++)
        make_direct(l, calls[i], ret);
    arrfree(calls);
}

/* ---- nosys ---- */

static LLVMValueRef failure(LLVMTypeRef type, int code)
{
    switch (LLVMGetTypeKind(type)) {
    case LLVMIntegerTypeKind:
        return LLVMConstInt(type, (unsigned long long)-code, 1);
    case LLVMVoidTypeKind:
        return NULL;
    default:
        return LLVMConstNull(type);
    }
}

static void give_body(struct link *l, LLVMValueRef f)
{
    LLVMTypeRef type = LLVMGetReturnType(LLVMGlobalGetValueType(f));
    int code = sysname_enosys(l->pick.arch);
    LLVMValueRef r = failure(type, code);
    LLVMBuilderRef b = LLVMCreateBuilderInContext(l->context);

    LLVMGlobalEraseMetadata(f, LLVMGetMDKindIDInContext(l->context, "dbg", 3));
    LLVMPositionBuilderAtEnd(
        b, LLVMAppendBasicBlockInContext(l->context, f, "entry"));
    if (r)
        LLVMBuildRet(b, r);
    else
        LLVMBuildRetVoid(b);
    LLVMDisposeBuilder(b);
    LLVMSetLinkage(f, LLVMInternalLinkage);
    name_add(&l->origins, ir_name(f), "(nosys)");
    trace(l, "cut", "%s returns -ENOSYS", ir_name(f));
}

bool sys_bind_missing(struct link *l)
{
    for (size_t i = 0; i < shlenu(l->pick.nosys); i++) {
        LLVMValueRef f = LLVMGetNamedFunction(l->module, l->pick.nosys[i].key);
        if (f && LLVMIsDeclaration(f))
            give_body(l, f);
    }
    return true;
}
