/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ctors.c: what a loader or libc's start code does from tables becomes code,
 * so that dead-code elimination sees it.
 *
 * llvm.global_ctors → uc_ctors, by rising priority, equals in module order;
 * llvm.global_dtors → uc_dtors, the exact reverse. Each ifunc becomes a
 * function of its name that jumps through a pointer; uc_ctors first fills the
 * pointers by calling the resolvers.
 */
#include <stdlib.h>
#include <string.h>

#include "linker.h"

struct ctor {
    unsigned long long priority;
    size_t index;
    LLVMValueRef function;
};

static int by_priority(const void *a, const void *b)
{
    const struct ctor *x = a, *y = b;

    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

/* Takes the table `name` out of the module; sorted. */
static struct ctor *take_table(LLVMModuleRef m, const char *name)
{
    LLVMValueRef table = LLVMGetNamedGlobal(m, name), init;
    struct ctor *all = NULL;

    if (!table)
        return NULL;
    init = LLVMGetInitializer(table);
    if (init && LLVMIsAConstantArray(init)) {
        unsigned n = LLVMGetArrayLength(LLVMTypeOf(init));
        for (unsigned i = 0; i < n; i++) {
            LLVMValueRef e = LLVMGetAggregateElement(init, i);
            LLVMValueRef f = LLVMGetOperand(e, 1);
            struct ctor c = {LLVMConstIntGetZExtValue(LLVMGetOperand(e, 0)), i,
                             f};
            if (!LLVMIsNull(f))
                arrput(all, c);
        }
    }
    LLVMDeleteGlobal(table);
    if (all)
        qsort(all, arrlenu(all), sizeof *all, by_priority);
    return all;
}

static LLVMTypeRef void_function(LLVMModuleRef m)
{
    LLVMTypeRef v = LLVMVoidTypeInContext(LLVMGetModuleContext(m));

    return LLVMFunctionType(v, NULL, 0, 0);
}

/* A builder at the end of the first block of `void name(void)`. */
static LLVMBuilderRef begin(LLVMModuleRef m, const char *name)
{
    LLVMContextRef ctx = LLVMGetModuleContext(m);
    LLVMValueRef f = LLVMGetNamedFunction(m, name);
    LLVMBuilderRef b = LLVMCreateBuilderInContext(ctx);

    if (!f)
        f = LLVMAddFunction(m, name, void_function(m));
    LLVMGlobalEraseMetadata(f, LLVMGetMDKindIDInContext(ctx, "dbg", 3));
    LLVMPositionBuilderAtEnd(b, LLVMAppendBasicBlockInContext(ctx, f, "entry"));
    return b;
}

static void end(LLVMBuilderRef b)
{
    LLVMBuildRetVoid(b);
    LLVMDisposeBuilder(b);
}

static void call(LLVMModuleRef m, LLVMBuilderRef b, LLVMValueRef f)
{
    LLVMBuildCall2(b, void_function(m), f, NULL, 0, "");
}

/* The body of an ifunc's stand-in: jump to *target with all arguments. */
static void build_jump(LLVMModuleRef m, LLVMValueRef f, LLVMValueRef target)
{
    LLVMContextRef ctx = LLVMGetModuleContext(m);
    LLVMTypeRef type = LLVMGlobalGetValueType(f);
    LLVMBuilderRef b = LLVMCreateBuilderInContext(ctx);
    unsigned n = LLVMCountParams(f);
    LLVMValueRef *args = xcalloc(n + 1, sizeof *args);
    LLVMValueRef to, r;

    LLVMPositionBuilderAtEnd(b, LLVMAppendBasicBlockInContext(ctx, f, "entry"));
    LLVMGetParams(f, args);
    to = LLVMBuildLoad2(b, LLVMTypeOf(target), target, "");
    r = LLVMBuildCall2(b, type, to, args, n, "");
    LLVMSetTailCallKind(r, LLVMTailCallKindMustTail);
    if (LLVMGetTypeKind(LLVMGetReturnType(type)) == LLVMVoidTypeKind)
        LLVMBuildRetVoid(b);
    else
        LLVMBuildRet(b, r);
    LLVMDisposeBuilder(b);
    free(args);
}

/* Replaces one ifunc; b is where its resolver is called. */
static void replace_ifunc(LLVMModuleRef m, LLVMBuilderRef b, LLVMValueRef i)
{
    LLVMTypeRef type = LLVMGlobalGetValueType(i), pointer = LLVMTypeOf(i);
    LLVMValueRef resolver = LLVMGetGlobalIFuncResolver(i);
    LLVMValueRef f = LLVMAddFunction(m, "", type);
    char *name = xstrdup(ir_name(i)), *where = format("%s.ifunc", name);
    LLVMValueRef target = LLVMAddGlobal(m, pointer, where);
    LLVMValueRef r;

    LLVMSetInitializer(target, LLVMConstNull(pointer));
    LLVMSetLinkage(target, LLVMInternalLinkage);
    LLVMReplaceAllUsesWith(i, f);
    LLVMEraseGlobalIFunc(i);
    LLVMSetValueName2(f, name, strlen(name));
    build_jump(m, f, target);
    r = LLVMBuildCall2(b, LLVMFunctionType(pointer, NULL, 0, 0), resolver, NULL,
                       0, "");
    LLVMBuildStore(b, r, target);
    free(name);
    free(where);
}

void ctors_build(LLVMModuleRef m)
{
    struct ctor *ctors = take_table(m, "llvm.global_ctors");
    struct ctor *dtors = take_table(m, "llvm.global_dtors");
    LLVMBuilderRef b = begin(m, "uc_ctors");
    LLVMValueRef next;

    for (LLVMValueRef i = LLVMGetFirstGlobalIFunc(m); i; i = next) {
        next = LLVMGetNextGlobalIFunc(i);
        replace_ifunc(m, b, i);
    }
    for (size_t i = 0; i < arrlenu(ctors); i++)
        call(m, b, ctors[i].function);
    end(b);
    b = begin(m, "uc_dtors");
    for (size_t i = arrlenu(dtors); i-- > 0;)
        call(m, b, dtors[i].function);
    end(b);
    arrfree(ctors);
    arrfree(dtors);
}
