/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cut.c: functions that the program does not get. Every use of one, called or
 * stored, becomes the address 0x1000 + 4n, where nothing is mapped: reaching it
 * faults, and unicore-run names function n and the cure. A direct call of it
 * never returns, so what follows the call goes too.
 */
#include <string.h>

#include "linker.h"

enum {
    FAULT_BASE = 0x1000,
    FAULT_STEP = 4, /* a jump to what is between is another one on ARM */
};

/* ---- llvm.used and llvm.compiler.used cannot hold a plain address ---- */

static void remove_from_table(LLVMModuleRef m, const char *table,
                              LLVMValueRef gone)
{
    LLVMValueRef old = LLVMGetNamedGlobal(m, table), now;
    LLVMValueRef *keep = NULL;
    LLVMTypeRef pointer, type;
    unsigned n;

    if (!old)
        return;
    type = LLVMGlobalGetValueType(old);
    pointer = LLVMGetElementType(type);
    n = LLVMGetArrayLength(type);
    for (unsigned i = 0; i < n; i++) {
        LLVMValueRef e = LLVMGetAggregateElement(LLVMGetInitializer(old), i);
        if (ir_strip(e) != gone)
            arrput(keep, e);
    }
    if (arrlenu(keep) < n) {
        LLVMDeleteGlobal(old);
        if (keep) {
            type = LLVMArrayType2(pointer, arrlenu(keep));
            now = LLVMAddGlobal(m, type, table);
            LLVMSetInitializer(now,
                               LLVMConstArray2(pointer, keep, arrlenu(keep)));
            LLVMSetLinkage(now, LLVMAppendingLinkage);
            LLVMSetSection(now, "llvm.metadata");
        }
    }
    arrfree(keep);
}

/* ---- replacing ---- */

static void mark_noreturn(LLVMValueRef v)
{
    LLVMContextRef ctx = LLVMGetModuleContext(LLVMGetGlobalParent(v));
    unsigned kind = LLVMGetEnumAttributeKindForName("noreturn", 8);
    LLVMAttributeRef noreturn = LLVMCreateEnumAttribute(ctx, kind, 0);

    IR_EACH_USE (u, v) {
        LLVMValueRef call = LLVMGetUser(u);
        if (LLVMIsACallInst(call) && LLVMGetCalledValue(call) == v &&
            LLVMGetTailCallKind(call) != LLVMTailCallKindMustTail)
            LLVMAddCallSiteAttribute(call, LLVMAttributeFunctionIndex,
                                     noreturn);
    }
}

LLVMValueRef fault_address(LLVMModuleRef m, size_t n)
{
    LLVMContextRef ctx = LLVMGetModuleContext(m);
    LLVMTypeRef word = LLVMInt64TypeInContext(ctx);

    return LLVMConstIntToPtr(LLVMConstInt(word, FAULT_BASE + FAULT_STEP * n, 0),
                             LLVMPointerTypeInContext(ctx, 0));
}

static void replace(LLVMModuleRef m, LLVMValueRef v, LLVMValueRef address)
{
    remove_from_table(m, "llvm.used", v);
    remove_from_table(m, "llvm.compiler.used", v);
    mark_noreturn(v);
    LLVMReplaceAllUsesWith(v, address);
}

/*
 * LLVM-C cannot delete an alias. An unused one that names an unused global is
 * dead, and goes with it.
 */
static void bury_alias(LLVMModuleRef m, LLVMValueRef alias)
{
    LLVMTypeRef byte = LLVMInt8TypeInContext(LLVMGetModuleContext(m));
    LLVMValueRef grave = LLVMAddGlobal(m, byte, "buried");

    LLVMSetInitializer(grave, LLVMConstNull(byte));
    LLVMSetLinkage(grave, LLVMInternalLinkage);
    LLVMAliasSetAliasee(alias, grave);
    LLVMSetLinkage(alias, LLVMInternalLinkage);
}

/* Aliases of f go first: one cannot point to a plain address. */
static void replace_function(LLVMModuleRef m, LLVMValueRef f,
                             LLVMValueRef address)
{
    LLVMValueRef next;

    for (LLVMValueRef a = LLVMGetFirstGlobalAlias(m); a; a = next) {
        next = LLVMGetNextGlobalAlias(a);
        if (ir_strip(a) != f)
            continue;
        replace(m, a, address);
        bury_alias(m, a);
    }
    replace(m, f, address);
    LLVMDeleteFunction(f);
}

static void lose(struct link *l, size_t n)
{
    struct lost *x = &l->pick.lost[n];
    LLVMModuleRef m = l->module;
    LLVMValueRef address = fault_address(m, n);
    LLVMValueRef f = LLVMGetNamedFunction(m, x->name);
    LLVMValueRef a = LLVMGetNamedGlobalAlias(m, x->name, strlen(x->name));
    LLVMValueRef g = LLVMGetNamedGlobal(m, x->name);

    x->found = f || a || g;
    if (f) {
        replace_function(m, f, address);
    } else if (a) {
        replace(m, a, address);
        bury_alias(m, a);
    } else if (g && LLVMIsDeclaration(g)) {
        replace(m, g, address); /* data of code that cannot run */
        LLVMDeleteGlobal(g);
    }
    trace(l, "cut", "%zu %s%s", n, x->name, x->found ? "" : " (not here)");
}

/*
 * Into SSA form, with the knobs folded: what stood behind a false knob is gone
 * and needs no definition.
 */
static const char tidy[] = "globaldce,function(sroa<modify-cfg>,early-cse,"
                           "simplifycfg),globaldce";

/*
 * No exception comes back, so each call that could bring one is a plain call,
 * and what stood behind its landing pad is gone.
 */
static void forget_landing_pads(struct link *l)
{
    bool any = false;

    IR_EACH_FUNCTION (f, l->module)
        any |= LLVMHasPersonalityFn(f);
    if (any)
        run_passes(l, "function(lower-invoke)");
    IR_EACH_FUNCTION (f, l->module)
        if (LLVMHasPersonalityFn(f))
            LLVMSetPersonalityFn(f, NULL);
}

/* What is still there now and not in the image went into its callers. */
static void note_survivors(struct link *l)
{
    IR_EACH_FUNCTION (f, l->module) {
        ptrdiff_t i = shgeti(l->functions, ir_name(f));
        if (i >= 0)
            l->functions[i].value = "inlined, folded or found unused";
    }
}

bool cut(struct link *l)
{
    if (!values_apply(l))
        return false;
    if (!l->unwind)
        forget_landing_pads(l);
    for (size_t i = 0; i < arrlenu(l->pick.lost); i++)
        if (l->pick.lost[i].how != LOST_VALUE)
            lose(l, i);
    if (l->pick.without)
        fold_absent(l);
    if (l->pick.direct)
        sys_direct(l);
    if (!sys_bind_missing(l) || !run_passes(l, tidy) || !undefined_check(l))
        return false;
    note_survivors(l);
    return true;
}
