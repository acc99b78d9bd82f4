/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * merge.c: the app's modules, the picked ones and init, in this order, become
 * one module. A variable or allocator of the app serves the pool too (first
 * wins); other functions are its own (pick's `own`); two in the app, or two in
 * the pool, are an error.
 *
 * Who made what is written down before the merge: external names here, local
 * ones carry their module's tag (ir.h). The map needs it at the end.
 */
#include <llvm-c/DebugInfo.h>
#include <stdlib.h>
#include <string.h>

#include "arch.h"
#include "linker.h"

static bool is_weak(LLVMValueRef v)
{
    return LLVMGetLinkage(v) != LLVMExternalLinkage;
}

static void claim(struct link *l, LLVMValueRef v, const char *component)
{
    const char *name = ir_name(v);

    if (LLVMIsDeclaration(v) || ir_is_local(v) || has_prefix(name, "llvm."))
        return;
    name_add(&l->origins, name, component);
}

/* Strong definitions first: a weak one may yield to one that comes later. */
static void claim_all(struct link *l, LLVMModuleRef m, const char *component,
                      bool weak)
{
    IR_EACH_FUNCTION (f, m)
        if (is_weak(f) == weak)
            claim(l, f, component);
    IR_EACH_GLOBAL (g, m)
        if (is_weak(g) == weak)
            claim(l, g, component);
    IR_EACH_ALIAS (a, m)
        if (is_weak(a) == weak)
            claim(l, a, component);
}

static const char *component_of_tag(struct link *l, const char *tag)
{
    size_t n;

    if (!strcmp(tag, "app") || has_prefix(tag, "app.") ||
        !strcmp(tag, "program"))
        return "app";
    for (size_t i = 0; i < arrlenu(l->pick.modules); i++) {
        const struct picked *p = &l->pick.modules[i];
        n = strlen(p->path) - 3;
        if (!strncmp(tag, p->path, n) && (!tag[n] || tag[n] == '.'))
            return p->component;
    }
    return "init";
}

const char *origin_of(struct link *l, const char *symbol)
{
    const char *tag = ir_name_tag(symbol, NULL);
    char *plain;
    ptrdiff_t i;

    if (tag)
        return component_of_tag(l, tag);
    i = shgeti(l->origins, KEY(symbol));
    if (i >= 0)
        return l->origins[i].value;
    plain = xstrndup(symbol, strcspn(symbol, "."));
    i = shgeti(l->origins, plain);
    free(plain);
    return i >= 0 ? l->origins[i].value : NULL;
}

struct inputs {
    LLVMModuleRef *app, *all;
    const char **components; /* of all */
};

static bool add(struct inputs *in, LLVMModuleRef m, const char *component)
{
    if (!m)
        return false;
    if (!strcmp(component, "app"))
        arrput(in->app, m);
    else
        arrput(in->all, m);
    arrput(in->components, component);
    return true;
}

static bool load_app_file(struct link *l, struct inputs *in, const char *path)
{
    char *tag = ir_app_tag(arrlenu(in->app));
    LLVMModuleRef m = ir_load(l->context, path, tag);

    if (m) /* an eighth of the merge, and the analyzer has told all places */
        LLVMStripModuleDebugInfo(m);
    free(tag);
    return add(in, m, "app");
}

static bool load_app(struct link *l, struct inputs *in)
{
    for (size_t i = 0; i < arrlenu(l->app_modules); i++)
        if (!load_app_file(l, in, l->app_modules[i]))
            return false;
    if (!in->app) {
        error("%s: no bitcode modules in it", l->apps ? l->apps[0] : "--app");
        return false;
    }
    return true;
}

static bool load_pool(struct link *l, struct inputs *in)
{
    for (size_t i = 0; i < arrlenu(l->pick.modules); i++) {
        const struct picked *p = &l->pick.modules[i];
        char *path = path_join(l->pool, p->path), *tag = ir_tag(p->path);
        bool ok = add(in, ir_load_pool(l->context, path, tag), p->component);
        free(path);
        free(tag);
        if (!ok)
            return false;
    }
    return !l->init || add(in, ir_load(l->context, l->init, "init"), "init");
}

static bool same_arch(struct link *l)
{
    char *triple = LLVMNormalizeTargetTriple(LLVMGetTarget(l->module));
    const struct arch *a = arch_find(l->pick.arch);
    const char *is = triple, *want = a ? a->triple : "?";
    bool ok;

    if (has_prefix(is, "thumb") && has_prefix(want, "arm")) {
        is += strlen("thumb"); /* the same machine's shorter instructions */
        want += strlen("arm");
    }
    ok = !strncmp(is, want, strcspn(want, "-") + 1);

    if (!ok)
        error("%s: compiled for %s, expected %s", l->app_modules[0], triple,
              l->pick.arch);
    LLVMDisposeMessage(triple);
    return ok;
}

static void note_functions(struct link *l)
{
    IR_EACH_FUNCTION (f, l->module)
        if (!LLVMIsDeclaration(f))
            name_add(&l->functions, ir_name(f), "not reached");
}

bool merge(struct link *l)
{
    struct inputs in = {0};
    LLVMModuleRef app;

    if (!load_app(l, &in) || !load_pool(l, &in))
        return false;
    for (size_t i = 0; i < arrlenu(in.app); i++)
        for (size_t k = 0; k < shlenu(l->pick.own); k++)
            ir_own(in.app[i], l->pick.own[k].key);
    for (int weak = 0; weak < 2; weak++) {
        for (size_t i = 0; i < arrlenu(in.app); i++)
            claim_all(l, in.app[i], "app", weak);
        for (size_t i = 0; i < arrlenu(in.all); i++)
            claim_all(l, in.all[i], in.components[arrlenu(in.app) + i], weak);
    }
    for (size_t i = 0; i < arrlenu(in.app); i++)
        assembly_read(l, in.app[i], "app");
    for (size_t i = 0; i < arrlenu(in.all); i++)
        assembly_read(l, in.all[i], in.components[arrlenu(in.app) + i]);
    trace(l, "merge", "%zu modules", arrlenu(in.components));
    app = ir_merge(in.app, arrlenu(in.app), false);
    if (!app)
        return false;
    arrins(in.all, 0, app);
    l->module = ir_merge(in.all, arrlenu(in.all), true);
    arrfree(in.app);
    arrfree(in.all);
    arrfree(in.components);
    if (!l->module || !same_arch(l))
        return false;
    note_functions(l);
    return true;
}
