/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * emit.c: the optimised module becomes one native object. Each function and
 * variable gets a section of its own, so that gc-sections and ICF see them,
 * and a symbol, so that the map can name every byte. The image's note is added
 * here.
 */
#include <llvm-c/Analysis.h>
#include <string.h>

#include "linker.h"

/* A group of one: LLVM then gives it and its jump tables own sections. */
static void own_section(LLVMModuleRef m, LLVMValueRef v)
{
    const char *given = LLVMGetSection(v);
    LLVMComdatRef c;

    if (given && *given)
        return;
    c = LLVMGetOrInsertComdat(m, ir_name(v));
    LLVMSetComdatSelectionKind(c, LLVMNoDeduplicateComdatSelectionKind);
    LLVMSetComdat(v, c);
}

static bool is_c_string(LLVMValueRef v)
{
    const char *p;
    size_t n;

    if (!LLVMIsAConstantDataArray(v) || !LLVMIsConstantString(v))
        return false;
    p = LLVMGetAsString(v, &n);
    return n && memchr(p, 0, n) == p + n - 1;
}

/* Strings and small constants stay in the sections that lld merges. */
static bool is_mergeable(LLVMModuleRef m, LLVMValueRef g)
{
    unsigned long long n;

    if (!LLVMIsGlobalConstant(g) ||
        LLVMGetUnnamedAddress(g) != LLVMGlobalUnnamedAddr)
        return false;
    if (is_c_string(LLVMGetInitializer(g)))
        return true;
    n = LLVMABISizeOfType(LLVMGetModuleDataLayout(m),
                          LLVMGlobalGetValueType(g));
    return n == 4 || n == 8 || n == 16 || n == 32;
}

static void name_it(LLVMValueRef v)
{
    if (LLVMGetLinkage(v) == LLVMPrivateLinkage)
        LLVMSetLinkage(v, LLVMInternalLinkage);
    if (!*ir_name(v))
        LLVMSetValueName2(v, "anonymous", strlen("anonymous"));
}

/* Is every use of f a direct call? */
static bool is_only_called(LLVMValueRef f)
{
    IR_EACH_USE (u, f) {
        LLVMValueRef user = LLVMGetUser(u);
        if (!ir_is_call(user) || LLVMGetCalledValue(user) != f)
            return false;
        for (unsigned i = 0; i < LLVMGetNumArgOperands(user); i++)
            if (LLVMGetOperand(user, i) == f)
                return false;
    }
    return true;
}

static bool cannot_throw(LLVMValueRef f)
{
    unsigned kind = LLVMGetEnumAttributeKindForName("nounwind", 8);
    LLVMAttributeIndex at = (LLVMAttributeIndex)LLVMAttributeFunctionIndex;

    return LLVMGetEnumAttributeAtIndex(f, at, kind);
}

/* It has no table, and calls something that may have one. */
static bool ends_exceptions(LLVMValueRef f)
{
    if (!cannot_throw(f))
        return false;
    IR_EACH_BLOCK (b, f)
        IR_EACH_INST (i, b) {
            LLVMValueRef to = ir_is_call(i) ? LLVMGetCalledValue(i) : NULL;
            if (to && !LLVMIsAInlineAsm(to) &&
                !(LLVMIsAFunction(to) && cannot_throw(to)))
                return true;
        }
    return false;
}

/*
 * Functions whose addresses can be compared must stay apart, and those whose
 * code is the same and whose tables are not: what is caught is in tables, which
 * lld compares for .eh_frame only, and whether there are any is not
 * compared. It takes their names (image.c), but only of global symbols.
 */
static void keep_unique(struct link *l, LLVMValueRef f)
{
    bool tables = l->unwind && (LLVMHasPersonalityFn(f) || ends_exceptions(f));

    if (!tables && is_only_called(f))
        return;
    LLVMSetLinkage(f, LLVMExternalLinkage);
    LLVMSetVisibility(f, LLVMHiddenVisibility);
    name_add(&l->unique, ir_name(f), "");
}

/* Never the pool's: a function that sets the guard up cannot have one. */
static bool guards_all(struct link *l, LLVMValueRef f)
{
    const char *origin = origin_of(l, ir_name(f));

    return is_off(l, SWITCH_guard) && origin && !strcmp(origin, "app");
}

/*
 * The stack protector is for functions that still have an array; `strong`
 * would also guard every variable whose address is taken. With no guard in
 * the image, an array came from code that is compiled without, by inlining.
 */
static void settle_guard(struct link *l, LLVMValueRef f)
{
    static const char *const kinds[] = {"ssp", "sspstrong"};
    bool can = LLVMGetNamedFunction(l->module, "__stack_chk_fail") != NULL;
    LLVMValueRef array;

    if ((!guards_all(l, f) && !ir_is_guarded(f, &array)) || !can) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            LLVMRemoveEnumAttributeAtIndex(
                f, LLVMAttributeFunctionIndex,
                LLVMGetEnumAttributeKindForName(kinds[i], strlen(kinds[i])));
    }
}

static void prepare(struct link *l)
{
    LLVMModuleRef m = l->module;

    IR_EACH_FUNCTION (f, m) {
        if (LLVMIsDeclaration(f))
            continue;
        name_it(f);
        settle_guard(l, f);
        own_section(m, f);
        keep_unique(l, f);
    }
    IR_EACH_GLOBAL (g, m) {
        if (LLVMIsDeclaration(g) || has_prefix(ir_name(g), "llvm."))
            continue;
        name_it(g);
        if (!is_mergeable(m, g))
            own_section(m, g);
    }
}

/* A constant of these bytes; visible, so that it stays. */
static LLVMValueRef add_bytes(struct link *l, const char *name, const void *p,
                              size_t n)
{
    LLVMValueRef v = LLVMConstStringInContext2(l->context, p, n, 1);
    LLVMValueRef g = LLVMAddGlobal(l->module, LLVMTypeOf(v), name);

    LLVMSetInitializer(g, v);
    LLVMSetGlobalConstant(g, 1);
    return g;
}

static void add_word(struct buf *b, uint32_t v, bool big)
{
    unsigned char bytes[4];

    for (int i = 0; i < 4; i++)
        bytes[big ? 3 - i : i] = (unsigned char)(v >> (8 * i));
    buf_add(b, bytes, sizeof bytes);
}

/* .note.unicore: owner Unicore, type 1, `platform=... arch=... devices=...` */
static void add_note(struct link *l)
{
    bool big =
        LLVMByteOrder(LLVMGetModuleDataLayout(l->module)) == LLVMBigEndian;
    struct buf text = {0}, note = {0};
    LLVMValueRef g;

    buf_printf(&text, "platform=%s arch=%s devices=", l->pick.platform,
               l->pick.arch);
    for (size_t i = 0; i < arrlenu(l->pick.devices); i++)
        buf_printf(&text, "%s%s", i ? "," : "", l->pick.devices[i]);
    if (l->name)
        buf_printf(&text, " name=%s", l->name);
    if (pick_knob(&l->pick, "ARGS", 0))
        buf_str(&text, " args=built-in");
    buf_add(&text, "", 1);
    add_word(&note, sizeof "Unicore", big);
    add_word(&note, (uint32_t)text.n, big);
    add_word(&note, 1, big);
    buf_add(&note, "Unicore", sizeof "Unicore");
    buf_add(&note, text.p, text.n);
    while (note.n % 4)
        buf_add(&note, "", 1);
    g = add_bytes(l, "uc_note", note.p, note.n);
    LLVMSetSection(g, ".note.unicore");
    LLVMSetAlignment(g, 4);
    name_add(&l->origins, "uc_note", "(note)");
    buf_free(&text);
    buf_free(&note);
}

bool emit(struct link *l)
{
    char *why = NULL;

    add_note(l);
    prepare(l);
    if (l->save_temps &&
        LLVMVerifyModule(l->module, LLVMReturnStatusAction, &why))
        die_ours("the optimised module is not sound: %s", why);
    if (LLVMTargetMachineEmitToMemoryBuffer(l->machine, l->module,
                                            LLVMObjectFile, &why, &l->object))
        die_ours("code generation: %s", why);
    return true;
}
