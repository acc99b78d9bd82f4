/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seal.c: after the merge everything is here, so nothing needs to be visible
 * but what native objects want, and what code generation may call by name:
 * functions that late.a also has (if the program brings its own, that one must
 * serve) and the stack protector's. Those stay to the end; lld's gc-sections
 * drops the ones that nobody called.
 */
#include <string.h>

#include "linker.h"

static bool is_of_app(struct link *l, const char *name)
{
    const char *origin = origin_of(l, name);

    return origin && !strcmp(origin, "app");
}

static bool is_visible(struct link *l, const char *name)
{
    return !strcmp(name, "uc_entry") || !strcmp(name, "__stack_chk_guard") ||
           !strcmp(name, "__stack_chk_fail") ||
           (l->unwind && (!strcmp(name, "_Unwind_Resume") ||
                          !strcmp(name, "__cxa_end_cleanup"))) ||
           name_in(l->native_refs, name) || name_in(l->own_weak, name) ||
           name_in(l->asm_refs, name) || name_in(l->late_defs, name) ||
           name_in(l->pick.late, name) ||
           (name_in(l->native_weak, name) && is_of_app(l, name));
}

/* A symbol that the final link can define, if the program does not. */
static bool is_outside(struct link *l, const char *name)
{
    return name_in(l->native_defs, name) || name_in(l->script_defs, name) ||
           has_prefix(name, "__start_") || has_prefix(name, "__stop_");
}

/* In a section that the program walks: needed though nothing names it. */
static bool is_member(struct link *l, LLVMValueRef v)
{
    const char *section = LLVMIsAGlobalAlias(v) || LLVMIsDeclaration(v)
                              ? NULL
                              : LLVMGetSection(v);

    return section && *section && name_in(l->pick.sets, section);
}

static void keep(LLVMValueRef v)
{
    LLVMSetLinkage(v, LLVMExternalLinkage);
    LLVMSetVisibility(v, LLVMHiddenVisibility);
}

static void seal_one(struct link *l, LLVMValueRef v)
{
    const char *name = ir_name(v);

    if (has_prefix(name, "llvm."))
        return;
    LLVMSetVisibility(v, LLVMDefaultVisibility);
    if (LLVMGetLinkage(v) == LLVMExternalWeakLinkage) {
        if (!is_outside(l, name))
            LLVMReplaceAllUsesWith(v, LLVMConstNull(LLVMTypeOf(v)));
        return;
    }
    if (LLVMIsDeclaration(v))
        return;
    if (LLVMGetLinkage(v) == LLVMAppendingLinkage)
        return;
    if (is_member(l, v))
        keep(v);
    else if (!ir_is_local(v) || !name_in(l->asm_refs, name))
        LLVMSetLinkage(v, is_visible(l, name) ? LLVMExternalLinkage
                                              : LLVMInternalLinkage);
}

/*
 * A function or variable that the app's assembly defines serves everyone, as
 * in a static link: what the bitcode has under that name is nobody's.
 */
static void yield_to(LLVMModuleRef m, const char *name)
{
    LLVMValueRef old = LLVMGetNamedFunction(m, name), now;
    LLVMTypeRef type;

    if (!old)
        old = LLVMGetNamedGlobal(m, name);
    if (!old)
        old = LLVMGetNamedGlobalAlias(m, name, strlen(name));
    if (!old || LLVMIsDeclaration(old))
        return;
    type = LLVMGlobalGetValueType(old);
    LLVMSetValueName2(old, "yielded", strlen("yielded"));
    now = LLVMGetTypeKind(type) == LLVMFunctionTypeKind
              ? LLVMAddFunction(m, name, type)
              : LLVMAddGlobal(m, type, name);
    LLVMReplaceAllUsesWith(old, now);
    LLVMSetLinkage(old, LLVMInternalLinkage);
}

/* Without threads there is one copy of each thread-local variable. */
static void make_ordinary(LLVMModuleRef m)
{
    LLVMValueRef f = LLVMGetNamedFunction(m, "llvm.threadlocal.address.p0");

    while (f && LLVMGetFirstUse(f)) {
        LLVMValueRef call = LLVMGetUser(LLVMGetFirstUse(f));
        LLVMReplaceAllUsesWith(call, LLVMGetOperand(call, 0));
        LLVMInstructionEraseFromParent(call);
    }
    if (f)
        LLVMDeleteFunction(f);
    IR_EACH_GLOBAL (g, m)
        LLVMSetThreadLocal(g, 0);
}

/*
 * With children, the pool's variables stand apart from the program's and its
 * libc's, which are copied for each (libpool/posix/fork).
 */
static void set_apart(struct link *l, LLVMValueRef g)
{
    const char *origin = origin_of(l, ir_name(g));

    if (!origin || LLVMIsDeclaration(g) || LLVMIsGlobalConstant(g) ||
        LLVMIsThreadLocal(g) || !strcmp(origin, "app") ||
        !strcmp(origin, "init") || has_prefix(origin, "libpool/libc/") ||
        has_prefix(origin, "libpool/malloc/"))
        return;
    LLVMSetSection(g,
                   LLVMIsNull(LLVMGetInitializer(g)) ? ".bss.uc" : ".data.uc");
}

bool seal(struct link *l)
{
    LLVMModuleRef m = l->module;

    ir_strip_type_tests(m);
    assembly_refs(l);
    for (size_t i = 0; i < shlenu(l->own_defs); i++)
        yield_to(m, l->own_defs[i].key);
    ctors_build(m);
    name_add(&l->origins, "uc_ctors", "init");
    name_add(&l->origins, "uc_dtors", "init");
    IR_EACH_FUNCTION (f, m) {
        LLVMSetComdat(f, NULL);
        seal_one(l, f);
    }
    IR_EACH_GLOBAL (g, m) {
        LLVMSetComdat(g, NULL);
        if (pick_knob(&l->pick, "CHILDREN", 0))
            set_apart(l, g);
        seal_one(l, g);
    }
    IR_EACH_ALIAS (a, m)
        seal_one(l, a);
    if (!pick_knob(&l->pick, "THREADS", 1))
        make_ordinary(m);
    return true;
}
