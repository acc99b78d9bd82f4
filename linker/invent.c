/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * invent.c: calls of library functions that the optimiser writes by itself,
 * such as puts for printf("x\n"). A pure one may come from late.a. Any other
 * must be in the program already: a second copy of stdio's or malloc's state
 * would be wrong. The attribute "no-builtin-NAME" on every function makes a
 * name unknown to the optimiser.
 *
 * A function can be there at first, be inlined away, and be invented again
 * later: then the link starts over with that name forbidden.
 */
#include <string.h>

#include "linker.h"

/* What LLVM's BuildLibCalls can emit, without the pure ones of late.a. */
static const char *const inventable[] = {
    "calloc",    "fputc",    "fputs",    "fwrite",  "malloc",
    "putchar",   "puts",     "snprintf", "sprintf", "strdup",
    "vsnprintf", "vsprintf", "memccpy",  "mempcpy", "stpcpy",
    "stpncpy",   "strlcat",  "strlcpy",  "memrchr", "bcmp",
};

static bool is_there(struct link *l, const char *name)
{
    LLVMValueRef f = LLVMGetNamedFunction(l->module, name);

    return (f && !LLVMIsDeclaration(f)) || name_in(l->native_defs, name) ||
           name_in(l->late_defs, name);
}

static void forbid(struct link *l, const char *name)
{
    char *text = format("no-builtin-%s", name);
    LLVMAttributeRef a = LLVMCreateStringAttribute(
        l->context, text, (unsigned)strlen(text), "", 0);

    IR_EACH_FUNCTION (f, l->module)
        if (!LLVMIsDeclaration(f))
            LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex, a);
    trace(l, "lto", "%s must not be invented", name);
    free(text);
}

void invent_forbid(struct link *l)
{
    for (size_t i = 0; i < sizeof inventable / sizeof *inventable; i++)
        if (!is_there(l, inventable[i]))
            name_add(&l->forbidden, inventable[i], "");
    for (size_t i = 0; i < shlenu(l->forbidden); i++)
        forbid(l, l->forbidden[i].key);
}

bool invent_check(struct link *l, bool *again)
{
    *again = false;
    IR_EACH_FUNCTION (f, l->module) {
        const char *name = ir_name(f);
        if (!LLVMIsDeclaration(f) || !LLVMGetFirstUse(f) ||
            LLVMGetIntrinsicID(f) || is_there(l, name) ||
            name_in(l->script_defs, name) ||
            LLVMGetLinkage(f) == LLVMExternalWeakLinkage)
            continue;
        if (name_in(l->forbidden, name))
            die_ours("the optimiser invented a call of %s", name);
        trace(l, "lto", "%s was invented: starting over without it", name);
        name_add(&l->forbidden, name, "");
        *again = true;
    }
    return true;
}
