/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * own.c: functions of the program that have the name of a pool function.
 *
 * C leaves most of a libc's names to the program: it may have a `write`, an
 * `index` or a `strnlen` of its own that does something else. In a shared libc
 * the library's inside never meets them. Here such a function is renamed
 * (`write:program`) in all modules of the program, so the program's calls go to
 * its own function and the pool's to the pool's. Exempt:
 *
 *   - the allocator, which a program replaces for everybody (role malloc);
 *   - variables: `char *optarg;` in old programs means libc's;
 *   - names in assembly, which cannot be renamed.
 *
 * `uc_` and `CFG_` names are the pool's in any case. The linker renames what
 * pick lists as `own`.
 *
 * An inline function of C99 has a body in each module and its one external
 * definition in another, which an archive may hold and the native link, whose
 * calls were inlined, did not take. Then any of the bodies serves.
 */
#include "analyzer.h"

#include <string.h>

static bool is_reserved(const char *name)
{
    return has_prefix(name, "uc_") || has_prefix(name, "CFG_");
}

/* Has the pool a function of this name that programs do not replace? */
static bool pool_has(struct pool *pool, const char *name)
{
    struct provider *all = pool_providers(pool, name);

    for (size_t i = 0; i < arrlenu(all); i++) {
        const char *role = all[i].module->component->role;
        if (!strchr("fw", all[i].def->kind) ||
            (role && !strcmp(role, "malloc")))
            return false;
    }
    return arrlenu(all) || shgeti(pool->late, KEY(name)) >= 0;
}

static bool is_own(struct analysis *a, LLVMValueRef v, bool function)
{
    const char *name = ir_name(v);

    if (LLVMIsDeclaration(v) || ir_is_local(v) || has_prefix(name, "llvm."))
        return false;
    return is_reserved(name) || (function && pool_has(&a->pool, name));
}

static void find_own(struct analysis *a, LLVMModuleRef m)
{
    IR_EACH_FUNCTION (f, m)
        if (is_own(a, f, true))
            shput(a->own, ir_name(f), 1);
    IR_EACH_ALIAS (x, m)
        if (is_own(a, x, LLVMIsAFunction(ir_strip(x))))
            shput(a->own, ir_name(x), 1);
    IR_EACH_GLOBAL (g, m)
        if (is_own(a, g, false))
            shput(a->own, ir_name(g), 1);
}

static void forget(struct analysis *a, const char *name)
{
    shdel(a->own, KEY(name));
}

/* A name in the assembly of one module must stay as it is in all. */
static void forget_assembly(struct analysis *a, const struct module *m)
{
    size_t n = 0;
    const char *text = m->ir ? LLVMGetModuleInlineAsm(m->ir, &n) : NULL;

    for (ptrdiff_t i = shlen(a->own) - 1; n && i >= 0; i--)
        if (strstr(text, a->own[i].key))
            forget(a, a->own[i].key);
    for (size_t i = 0; !m->ir && i < arrlenu(m->defs); i++)
        forget(a, m->defs[i]->symbol->name);
    for (size_t i = 0; !m->ir && i < arrlenu(m->refs); i++)
        forget(a, m->refs[i]->name);
    for (size_t i = 0; !m->ir && i < arrlenu(m->weak_refs); i++)
        forget(a, m->weak_refs[i]->name);
}

/* Has anything but an inline function's body defined the name? */
static bool is_defined(struct analysis *a, struct late_entry *defined,
                       const char *name)
{
    return shgeti(defined, KEY(name)) >= 0 || pool_providers(&a->pool, name) ||
           shgeti(a->pool.late, KEY(name)) >= 0;
}

static void add_definitions(const struct module *m, struct late_entry **defined)
{
    for (size_t i = 0; !m->ir && i < arrlenu(m->defs); i++)
        shput(*defined, m->defs[i]->symbol->name, 1);
    for (LLVMValueRef f = m->ir ? LLVMGetFirstFunction(m->ir) : NULL; f;
         f = LLVMGetNextFunction(f))
        if (!LLVMIsDeclaration(f) && !ir_is_local(f) &&
            LLVMGetLinkage(f) != LLVMAvailableExternallyLinkage)
            shput(*defined, ir_name(f), 1);
}

void own_inline(struct analysis *a)
{
    struct module **modules = a->program.modules;
    struct late_entry *defined = NULL;

    sh_new_strdup(defined);
    for (size_t i = 0; i < arrlenu(modules); i++)
        add_definitions(modules[i], &defined);
    for (size_t i = 0; i < arrlenu(modules); i++)
        for (LLVMValueRef f =
                 modules[i]->ir ? LLVMGetFirstFunction(modules[i]->ir) : NULL;
             f; f = LLVMGetNextFunction(f))
            if (LLVMGetLinkage(f) == LLVMAvailableExternallyLinkage &&
                !is_defined(a, defined, ir_name(f)))
                LLVMSetLinkage(f, LLVMLinkOnceODRLinkage);
    shfree(defined);
}

void own_names(struct analysis *a)
{
    struct module **modules = a->program.modules;

    sh_new_strdup(a->own);
    for (size_t i = 0; i < arrlenu(modules); i++)
        if (modules[i]->ir)
            find_own(a, modules[i]->ir);
    for (size_t i = 0; i < arrlenu(modules); i++)
        forget_assembly(a, modules[i]);
    for (size_t i = 0; i < arrlenu(modules); i++)
        for (size_t k = 0; modules[i]->ir && k < shlenu(a->own); k++)
            ir_own(modules[i]->ir, a->own[k].key);
}
