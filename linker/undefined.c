/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * undefined.c: what nothing defines is said here, with the places that want
 * it, rather than by lld with the name of a temporary object:
 *
 *     error: undefined symbol deflate
 *     >>> referenced by zip.c:88 in compress_file
 *     note: ...
 */
#include <stdlib.h>
#include <string.h>

#include "linker.h"

enum {
    SHOWN_SYMBOLS = 20,
    SHOWN_USES = 3
};

static bool is_defined(struct link *l, const char *name)
{
    return has_prefix(name, "llvm.") || has_prefix(name, "__start_") ||
           has_prefix(name, "__stop_") || name_in(l->native_defs, name) ||
           name_in(l->late_defs, name) || name_in(l->script_defs, name);
}

/* A few of the places that use v, also through constants; counts in *shown. */
static void show_uses(LLVMValueRef v, int *shown, int depth)
{
    IR_EACH_USE (u, v) {
        LLVMValueRef user = LLVMGetUser(u);
        char *where;
        size_t n;
        if (*shown >= SHOWN_USES || depth > 8)
            return;
        if (LLVMIsAInstruction(user)) {
            LLVMValueRef f =
                LLVMGetBasicBlockParent(LLVMGetInstructionParent(user));
            where = ir_where(user);
            ir_name_tag(ir_name(f), &n);
            evidence("referenced by %s%s%.*s", where ? where : "",
                     where ? " in " : "", (int)n, ir_name(f));
            free(where);
            ++*shown;
        } else if (LLVMIsAGlobalVariable(user)) {
            ir_name_tag(ir_name(user), &n);
            evidence("referenced by the data of %.*s", (int)n, ir_name(user));
            ++*shown;
        } else {
            show_uses(user, shown, depth + 1);
        }
    }
}

static void tell(struct link *l, LLVMValueRef v)
{
    int shown = 0;
    const char *name = ir_name(v);

    error("undefined symbol %s", name);
    show_uses(v, &shown, 0);
    if (has_prefix(name, "uc_sys_"))
        note("no picked component has this system call; a line `nosys %s` "
             "in %s makes it return -ENOSYS",
             name, l->pick_path);
    else if (has_prefix(name, "uc_"))
        note("no picked component defines it; the role that has it must be "
             "picked");
    else if (!strcmp(name, "main"))
        note("a program has one function main; was the right --bin given?");
    else
        note("neither the program nor a picked library defines it; link the "
             "library into the program, or add it to the pool as a port");
}

static bool is_missing(struct link *l, LLVMValueRef v)
{
    return LLVMIsDeclaration(v) && LLVMGetFirstUse(v) &&
           LLVMGetLinkage(v) != LLVMExternalWeakLinkage &&
           !is_defined(l, ir_name(v));
}

static bool any_missing(struct link *l)
{
    IR_EACH_FUNCTION (f, l->module)
        if (is_missing(l, f))
            return true;
    IR_EACH_GLOBAL (g, l->module)
        if (is_missing(l, g))
            return true;
    return false;
}

static void check(struct link *l, LLVMValueRef v, int *count)
{
    if (is_missing(l, v) && ++*count <= SHOWN_SYMBOLS)
        tell(l, v);
}

/* What native objects want and neither side has. */
static void check_native(struct link *l, int *count)
{
    for (size_t i = 0; i < shlenu(l->native_refs); i++) {
        const char *name = l->native_refs[i].key;
        LLVMValueRef f = LLVMGetNamedFunction(l->module, name);
        LLVMValueRef g = LLVMGetNamedGlobal(l->module, name);
        if ((f && !LLVMIsDeclaration(f)) || (g && !LLVMIsDeclaration(g)) ||
            LLVMGetNamedGlobalAlias(l->module, name, strlen(name)) ||
            is_defined(l, name) || (f && LLVMGetFirstUse(f)))
            continue;
        ++*count;
        error("undefined symbol %s", name);
        evidence("referenced by %s", l->native_refs[i].value);
    }
}

bool undefined_check(struct link *l)
{
    int count = 0;

    /* The analyzer may have seen further than one function at a time. */
    if (any_missing(l))
        run_passes(l, "ipsccp,function(sccp,simplifycfg),globaldce");
    IR_EACH_FUNCTION (f, l->module)
        check(l, f, &count);
    IR_EACH_GLOBAL (g, l->module)
        check(l, g, &count);
    check_native(l, &count);
    if (count > SHOWN_SYMBOLS)
        note("and %d more", count - SHOWN_SYMBOLS);
    return count == 0;
}
