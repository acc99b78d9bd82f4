/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ir_walk.c: questions about one value of a module: its name, place, callee,
 * exact C type.
 *
 * `-fsanitize=cfi-icall` puts `!type !{i64 0, !"_ZTSFivE"}` on functions (and
 * a second, ".generalized" one, not wanted here), and before each indirect
 * call `llvm.type.test(ptr, !"_ZTSFivE")` on the same pointer, on all ways to
 * it. Arguments are evaluated in between, so the test need not stand in the
 * call's block or its predecessor; the search goes back over all ways.
 */
#include <stdlib.h>
#include <string.h>

#include <llvm-c/DebugInfo.h>

#include "ir.h"

char *ir_name(LLVMValueRef v)
{
    size_t n;

    return (char *)(uintptr_t)LLVMGetValueName2(v, &n);
}

bool ir_is_local(LLVMValueRef global)
{
    LLVMLinkage l = LLVMGetLinkage(global);

    return l == LLVMInternalLinkage || l == LLVMPrivateLinkage;
}

/* x86_64's va_list, an array only so that it is passed by address. */
static bool is_va_list(LLVMTypeRef t)
{
    const char *name =
        LLVMGetTypeKind(t) == LLVMStructTypeKind ? LLVMGetStructName(t) : NULL;

    return name && has_prefix(name, "struct.__va_list_tag");
}

static bool holds_array(LLVMTypeRef t)
{
    LLVMTypeKind kind = LLVMGetTypeKind(t);
    bool found =
        kind == LLVMArrayTypeKind && !is_va_list(LLVMGetElementType(t));

    for (unsigned i = 0;
         kind == LLVMStructTypeKind && i < LLVMCountStructElementTypes(t); i++)
        found |= holds_array(LLVMStructGetTypeAtIndex(t, i));
    return found;
}

static bool has_attribute(LLVMValueRef f, const char *name)
{
    unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));

    return LLVMGetEnumAttributeAtIndex(f, LLVMAttributeFunctionIndex, kind);
}

bool ir_asks_guard(LLVMValueRef f)
{
    return has_attribute(f, "ssp") || has_attribute(f, "sspstrong") ||
           has_attribute(f, "sspreq");
}

bool ir_is_guarded(LLVMValueRef f, LLVMValueRef *array)
{
    *array = NULL;
    if (has_attribute(f, "sspreq"))
        return true;
    if (!ir_asks_guard(f))
        return false;
    IR_EACH_BLOCK (b, f)
        IR_EACH_INST (i, b)
            if (LLVMIsAAllocaInst(i) &&
                (!LLVMIsAConstantInt(LLVMGetOperand(i, 0)) ||
                 holds_array(LLVMGetAllocatedType(i)))) {
                *array = i;
                return true;
            }
    return false;
}

bool ir_is_call(LLVMValueRef v)
{
    return LLVMIsACallInst(v) || LLVMIsAInvokeInst(v) || LLVMIsACallBrInst(v);
}

bool ir_is_numbered_call(LLVMValueRef v)
{
    LLVMValueRef callee = ir_is_call(v) ? LLVMGetCalledValue(v) : NULL;

    return callee &&
           !(LLVMIsAFunction(callee) && has_prefix(ir_name(callee), "llvm."));
}

static bool all_zero(LLVMValueRef gep)
{
    int n = LLVMGetNumOperands(gep);

    for (int i = 1; i < n; i++) {
        LLVMValueRef o = LLVMGetOperand(gep, (unsigned)i);
        if (!LLVMIsAConstantInt(o) || LLVMConstIntGetZExtValue(o) != 0)
            return false;
    }
    return true;
}

LLVMValueRef ir_strip(LLVMValueRef v)
{
    for (;;) {
        if (LLVMIsAGlobalAlias(v)) {
            v = LLVMAliasGetAliasee(v);
        } else if (LLVMIsAConstantExpr(v)) {
            LLVMOpcode op = LLVMGetConstOpcode(v);
            if (op != LLVMBitCast && op != LLVMAddrSpaceCast &&
                !(op == LLVMGetElementPtr && all_zero(v)))
                return v;
            v = LLVMGetOperand(v, 0);
        } else {
            return v;
        }
    }
}

LLVMValueRef ir_callee(LLVMValueRef call)
{
    LLVMValueRef v = ir_strip(LLVMGetCalledValue(call));

    return LLVMIsAFunction(v) ? v : NULL;
}

char *ir_where(LLVMValueRef v)
{
    unsigned n = 0;
    unsigned line;
    const char *file;

    if (!LLVMIsAInstruction(v) && !LLVMIsAFunction(v))
        return NULL;
    if (LLVMIsAFunction(v) && !LLVMGetSubprogram(v))
        return NULL;
    line = LLVMGetDebugLocLine(v);
    file = LLVMGetDebugLocFilename(v, &n);
    if (!file || line == 0)
        return NULL;
    return format("%.*s:%u", (int)n, file, line);
}

/* ---- exact types ---- */

static const char *type_string(LLVMValueRef node)
{
    LLVMValueRef ops[2];
    unsigned n;

    if (!LLVMIsAMDNode(node) || LLVMGetMDNodeNumOperands(node) != 2)
        return NULL;
    LLVMGetMDNodeOperands(node, ops);
    return ops[1] ? LLVMGetMDString(ops[1], &n) : NULL;
}

const char *ir_function_type(LLVMValueRef f)
{
    LLVMContextRef ctx = LLVMGetModuleContext(LLVMGetGlobalParent(f));
    unsigned kind = LLVMGetMDKindIDInContext(ctx, "type", 4);
    const char *found = NULL;
    size_t n;
    LLVMValueMetadataEntry *all = LLVMGlobalCopyAllMetadata(f, &n);

    for (unsigned i = 0; i < n && !found; i++) {
        if (LLVMValueMetadataEntriesGetKind(all, i) != kind)
            continue;
        found = type_string(LLVMMetadataAsValue(
            ctx, LLVMValueMetadataEntriesGetMetadata(all, i)));
        if (found && has_suffix(found, ".generalized"))
            found = NULL;
    }
    LLVMDisposeValueMetadataEntries(all);
    return found;
}

static bool is_type_test(LLVMValueRef v)
{
    LLVMValueRef f;

    if (!LLVMIsACallInst(v))
        return false;
    f = LLVMGetCalledValue(v);
    return LLVMIsAFunction(f) && strcmp(ir_name(f), "llvm.type.test") == 0;
}

static const char *tested_type(LLVMValueRef test)
{
    unsigned n;

    return LLVMGetMDString(LLVMGetOperand(test, 1), &n);
}

struct seen {
    LLVMBasicBlockRef key;
    char value;
};

/* The last test of v at or before inst in its block, or NULL. */
static LLVMValueRef test_above(LLVMValueRef inst, LLVMValueRef v)
{
    while (inst && !(is_type_test(inst) && LLVMGetOperand(inst, 0) == v))
        inst = LLVMGetPreviousInstruction(inst);
    return inst;
}

static void add_predecessors(LLVMBasicBlockRef b, struct seen **seen,
                             LLVMBasicBlockRef **todo)
{
    IR_EACH_USE (u, LLVMBasicBlockAsValue(b)) {
        LLVMValueRef user = LLVMGetUser(u);
        if (!LLVMIsAInstruction(user) || !LLVMIsATerminatorInst(user))
            continue;
        LLVMBasicBlockRef p = LLVMGetInstructionParent(user);
        if (hmgeti(*seen, p) >= 0)
            continue;
        hmput(*seen, p, 1);
        arrput(*todo, p);
    }
}

/*
 * Back from call over all ways to the nearest test of v on each. A test of a
 * type that has no name says nothing, and hides those before it.
 */
static const char *nearest_type(LLVMValueRef call, LLVMValueRef v)
{
    struct seen *seen = NULL;
    LLVMBasicBlockRef *todo = NULL;
    LLVMBasicBlockRef b = LLVMGetInstructionParent(call);
    LLVMValueRef test = test_above(call, v);
    const char *found = test ? tested_type(test) : NULL;
    bool agreed = !test || found;

    if (!test)
        add_predecessors(b, &seen, &todo);
    while (agreed && arrlen(todo) > 0) {
        b = arrpop(todo);
        test = test_above(LLVMGetLastInstruction(b), v);
        if (test) {
            const char *t = tested_type(test);
            agreed = t && (!found || strcmp(found, t) == 0);
            found = t;
        } else if (b != LLVMGetEntryBasicBlock(LLVMGetBasicBlockParent(b))) {
            add_predecessors(b, &seen, &todo);
        } else {
            agreed = false;
        }
    }
    hmfree(seen);
    arrfree(todo);
    return agreed ? found : NULL;
}

const char *ir_call_type(LLVMValueRef call)
{
    LLVMValueRef v = LLVMGetCalledValue(call);

    if (LLVMIsAConstant(v) || LLVMIsAInlineAsm(v))
        return NULL;
    return nearest_type(call, v);
}

void ir_strip_type_tests(LLVMModuleRef m)
{
    LLVMContextRef ctx = LLVMGetModuleContext(m);
    LLVMValueRef yes = LLVMConstInt(LLVMInt1TypeInContext(ctx), 1, 0);
    unsigned kind = LLVMGetMDKindIDInContext(ctx, "type", 4);
    LLVMValueRef test = LLVMGetNamedFunction(m, "llvm.type.test");

    while (test && LLVMGetFirstUse(test)) {
        LLVMValueRef call = LLVMGetUser(LLVMGetFirstUse(test));
        LLVMReplaceAllUsesWith(call, yes);
        LLVMInstructionEraseFromParent(call);
    }
    if (test)
        LLVMDeleteFunction(test);
    IR_EACH_FUNCTION (f, m)
        LLVMGlobalEraseMetadata(f, kind);
    IR_EACH_GLOBAL (g, m)
        LLVMGlobalEraseMetadata(g, kind);
}
