/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * load.c: modules become definitions, and names tie these together.
 *
 * Modules share one context and are not merged: a reference in one module is
 * a declaration there, and stands for the symbol of that name. The names are
 * those of the linker's merged module all the same, because ir.h makes local
 * names unique by their module's tag. mem2reg runs on each module, so that
 * values can be followed; nothing stronger, which would erase field accesses.
 *
 * Modules of the pool are read when first needed. Native objects have no IR:
 * their definitions come from the index; the app's, from their symbol tables.
 */
#include "analyzer.h"

#include <errno.h>
#include <llvm-c/BitWriter.h>
#include <llvm-c/Error.h>
#include <llvm-c/Target.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double cpu_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

bool is_app(const struct def *d)
{
    return !d->module->pool;
}

char *symbol_plain(const struct symbol *s)
{
    size_t n;

    ir_name_tag(s->name, &n);
    return xstrndup(s->name, n);
}

struct symbol *symbol_named(struct program *p, const char *name)
{
    struct symbol *s = shget(p->names, KEY(name));

    if (s)
        return s;
    s = xcalloc(1, sizeof *s);
    s->name = xstrdup(name);
    shput(p->names, s->name, s);
    return s;
}

struct symbol *symbol_of(struct program *p, LLVMValueRef global)
{
    return hmget(p->values, global);
}

static struct symbol *local_symbol(const char *name)
{
    struct symbol *s = xcalloc(1, sizeof *s);

    s->name = xstrdup(name);
    s->local = true;
    return s;
}

static bool is_weak(LLVMValueRef v)
{
    switch (LLVMGetLinkage(v)) {
    case LLVMWeakAnyLinkage:
    case LLVMWeakODRLinkage:
    case LLVMLinkOnceAnyLinkage:
    case LLVMLinkOnceODRLinkage:
    case LLVMCommonLinkage:
        return true;
    default:
        return false;
    }
}

static struct def *add_def(struct module *m, struct symbol *s,
                           enum def_kind kind)
{
    struct def *d = xcalloc(1, sizeof *d);

    d->symbol = s;
    d->module = m;
    d->kind = kind;
    d->signature = -1;
    arrput(s->defs, d);
    arrput(m->defs, d);
    return d;
}

/* Enters one global value of a module: a definition or a reference. */
static void add_value(struct program *p, struct module *m, LLVMValueRef v,
                      enum def_kind kind)
{
    bool declared = LLVMIsDeclaration(v) ||
                    LLVMGetLinkage(v) == LLVMAvailableExternallyLinkage;
    const char *name = ir_name(v);
    struct symbol *s;

    if (has_prefix(name, "llvm."))
        return;
    s = ir_is_local(v) && !declared ? local_symbol(name)
                                    : symbol_named(p, name);
    hmput(p->values, v, s);
    if (declared)
        return;
    struct def *d = add_def(m, s, kind);
    d->ir = v;
    d->weak = is_weak(v);
    if (!m->pool && kind != DEF_ALIAS)
        set_add(p, LLVMGetSection(v), s);
    if (kind == DEF_DATA)
        d->bytes = (unsigned)LLVMABISizeOfType(LLVMGetModuleDataLayout(m->ir),
                                               LLVMGlobalGetValueType(v));
}

static void add_values(struct program *p, struct module *m)
{
    IR_EACH_FUNCTION (f, m->ir)
        add_value(p, m, f, DEF_FUNCTION);
    IR_EACH_GLOBAL (g, m->ir)
        add_value(p, m, g, DEF_DATA);
    IR_EACH_ALIAS (a, m->ir)
        add_value(p, m, a, DEF_ALIAS);
    for (LLVMValueRef i = LLVMGetFirstGlobalIFunc(m->ir); i;
         i = LLVMGetNextGlobalIFunc(i))
        add_value(p, m, i, DEF_ALIAS);
}

/* The globals in llvm.used (field -1) or llvm.global_ctors (field 1). */
static struct symbol **list_of(struct program *p, struct module *m,
                               const char *name, int field)
{
    LLVMValueRef g = LLVMGetNamedGlobal(m->ir, name), init;
    struct symbol **list = NULL;

    init = g ? LLVMGetInitializer(g) : NULL;
    for (int i = 0; init && i < LLVMGetNumOperands(init); i++) {
        LLVMValueRef v = LLVMGetOperand(init, (unsigned)i);
        if (field >= 0)
            v = LLVMGetOperand(v, (unsigned)field);
        while (LLVMIsAConstantExpr(v))
            v = LLVMGetOperand(v, 0);
        struct symbol *s = symbol_of(p, v);
        if (s)
            arrput(list, s);
    }
    return list;
}

static void append(struct symbol ***to, struct symbol **from)
{
    for (size_t i = 0; i < arrlenu(from); i++)
        arrput(*to, from[i]);
    arrfree(from);
}

static void mem2reg(LLVMModuleRef m, const char *path)
{
    static LLVMPassBuilderOptionsRef options;

    if (!options)
        options = LLVMCreatePassBuilderOptions();
    LLVMErrorRef e = LLVMRunPasses(m, "function(mem2reg)", NULL, options);
    if (e)
        die_ours("%s: mem2reg: %s", path, LLVMGetErrorMessage(e));
}

static void run_mem2reg(struct program *p, struct module *m)
{
    double start = cpu_seconds();

    mem2reg(m->ir, m->path);
    p->seconds_mem2reg += cpu_seconds() - start;
}

bool load_promote(char **paths)
{
    LLVMContextRef context = ir_context();
    bool ok = true;

    for (size_t i = 0; i < arrlenu(paths); i++) {
        if (!has_suffix(paths[i], ".bc"))
            continue;
        LLVMModuleRef m = ir_load(context, paths[i], NULL);
        if (m) {
            mem2reg(m, paths[i]);
            LLVMMemoryBufferRef b = LLVMWriteBitcodeToMemoryBuffer(m);
            file_write(paths[i], LLVMGetBufferStart(b), LLVMGetBufferSize(b));
            LLVMDisposeMemoryBuffer(b);
            LLVMDisposeModule(m);
        }
        ok &= m != NULL;
    }
    return ok;
}

static bool defines(const struct module *m, const struct symbol *s)
{
    for (size_t i = 0; i < arrlenu(s->defs); i++)
        if (s->defs[i]->module == m)
            return true;
    return false;
}

/* A section in assembly: as a whole a member of its set. */
static void add_section(struct program *p, struct module *m, const char *name)
{
    char *text = format("(section %s)", name);
    struct symbol *s = local_symbol(text);

    add_def(m, s, DEF_NATIVE);
    set_add(p, name, s);
    free(text);
}

/* What the module's top-level assembly defines. */
static void add_assembly(struct program *p, struct module *m)
{
    size_t n;
    const char *text = LLVMGetModuleInlineAsm(m->ir, &n);
    struct ir_asm_word *words = ir_asm_words(text, n);

    for (size_t i = 0; i < arrlenu(words); i++) {
        char *name = xstrndup(words[i].name, words[i].length);
        if (words[i].section && !m->pool && is_c_identifier(name))
            add_section(p, m, name);
        struct symbol *s = words[i].defines ? symbol_named(p, name) : NULL;
        if (s && !defines(m, s))
            add_def(m, s, DEF_NATIVE)->weak = ir_asm_is_weak(words, name);
        free(name);
    }
    arrfree(words);
}

static void enter(struct program *p, struct module *m)
{
    run_mem2reg(p, m);
    add_values(p, m);
    add_assembly(p, m);
    append(&m->ctors, list_of(p, m, "llvm.global_ctors", 1));
    append(&m->ctors, list_of(p, m, "llvm.global_dtors", 1));
    append(&m->used, list_of(p, m, "llvm.used", -1));
    append(&m->used, list_of(p, m, "llvm.compiler.used", -1));
}

/* Assembly that an image could not be true to is refused. */
static bool check_native(const char *path, const struct object *o)
{
    if (o->startup)
        error("%s: assembly with constructors of its own, which no image runs",
              path);
    else if (o->thread_local)
        error("%s: assembly with thread-local variables, which images do not "
              "have",
              path);
    return !o->startup && !o->thread_local;
}

static void enter_native(struct program *p, struct module *m,
                         const struct object *o)
{
    for (size_t i = 0; i < arrlenu(o->symbols); i++) {
        const struct object_symbol *x = &o->symbols[i];
        struct symbol *s = symbol_named(p, x->name);
        if (x->defined) {
            struct def *d = add_def(m, s, DEF_NATIVE);
            d->bytes = x->size < INT32_MAX ? (unsigned)x->size : INT32_MAX;
            d->weak = x->weak;
        } else if (x->weak) {
            arrput(m->weak_refs, s);
        } else {
            arrput(m->refs, s);
        }
    }
    for (size_t i = 0; i < arrlenu(o->sets); i++)
        add_section(p, m, o->sets[i]);
    m->number = ++p->natives;
    arrput(p->modules, m);
}

static bool load_app_native(struct program *p, struct module *m,
                            const char *bytes, size_t n)
{
    struct object o;
    const char *why;
    bool ok = object_parse(&o, bytes, n, &why);

    if (!ok)
        error("%s: %s", m->path, why);
    ok = ok && check_native(m->path, &o);
    if (ok)
        enter_native(p, m, &o);
    object_free(&o);
    return ok;
}

bool load_app(struct program *p, const char *path)
{
    double start = cpu_seconds();
    struct module *m = xcalloc(1, sizeof *m);
    size_t n;
    char *bytes = file_read(path, &n);
    bool ok;

    if (!bytes) {
        error("%s: %s", path, file_why(path));
        return false;
    }
    if (!p->context) {
        p->context = ir_context();
        sh_new_strdup(p->names);
    }
    m->path = xstrdup(path);
    if (object_is(bytes, n)) {
        ok = load_app_native(p, m, bytes, n);
    } else {
        m->tag = ir_app_tag(arrlenu(p->modules) - p->natives);
        m->ir = p->own ? ir_load_trusted(p->context, path, m->tag)
                       : ir_parse(p->context, bytes, n, path, m->tag);
        ok = m->ir != NULL;
        if (ok)
            arrput(p->modules, m);
    }
    free(bytes);
    p->seconds_load += cpu_seconds() - start;
    return ok;
}

void load_app_done(struct program *p)
{
    for (size_t i = 0; i < arrlenu(p->modules); i++)
        if (p->modules[i]->ir)
            enter(p, p->modules[i]);
}

static void load_native(struct program *p, struct module *m)
{
    for (size_t i = 0; i < arrlenu(m->pool->defs); i++) {
        const struct index_def *x = &m->pool->defs[i];
        struct def *d = add_def(m, symbol_named(p, x->name), DEF_NATIVE);

        d->bytes = x->bytes;
        d->weak = x->kind == 'w' || x->kind == 'v';
    }
    for (size_t i = 0; i < arrlenu(m->pool->refs); i++)
        arrput(m->refs, symbol_named(p, m->pool->refs[i]));
    arrput(p->modules, m);
}

struct module *load_pool(struct program *p, const struct pool *pool,
                         struct pool_module *pm)
{
    double start = cpu_seconds();
    struct module *m;
    char *path;

    if (pm->loaded)
        return pm->loaded;
    m = pm->loaded = xcalloc(1, sizeof *m);
    m->path = xstrdup(pm->path);
    m->pool = pm;
    if (pm->native) {
        load_native(p, m);
        return m;
    }
    path = path_join(pool->dir, pm->path);
    m->tag = ir_tag(pm->path);
    m->ir = ir_load_trusted(p->context, path, m->tag);
    if (!m->ir)
        exit(1);
    free(path);
    arrput(p->modules, m);
    p->seconds_load += cpu_seconds() - start;
    enter(p, m);
    return m;
}
