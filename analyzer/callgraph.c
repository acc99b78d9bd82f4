/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * callgraph.c: what a function or variable refers to, read once from its IR.
 *
 * A reference is a direct call, a comparison, an address that is kept, or a
 * weak one, which alone needs no definition. Assembly may name any symbol: each
 * word of it that is a known name counts as an address and a call. Blocks are
 * only told apart where a branch condition may be known (branch.c).
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_DEPTH = 4000, /* clang itself nests fewer braces */
    BYTES_PER_10_INSTRUCTIONS = 38
};

struct walk {
    struct analysis *a;
    struct def *def;
    struct body *body;
    int block, slot; /* where addresses go */
    unsigned instructions;
};

static void add_ref(struct walk *w, enum ref_kind kind, struct symbol *s,
                    LLVMValueRef at)
{
    struct ref r = {kind, s, at, w->block,
                    kind == REF_COMPARE ? SLOT_NONE : w->slot};

    if (s)
        arrput(w->body->refs, r);
}

/* The globals in a constant: of an initialiser, or an operand. */
static void walk_constant(struct walk *w, LLVMValueRef v, enum ref_kind kind,
                          LLVMValueRef at, int depth)
{
    int n;

    if (LLVMIsAGlobalValue(v)) {
        if (LLVMGetLinkage(v) == LLVMExternalWeakLinkage)
            kind = kind == REF_CALL ? REF_WEAK_CALL : REF_WEAK;
        add_ref(w, kind, symbol_of(&w->a->program, v), at);
        return;
    }
    if (depth > MAX_DEPTH || LLVMIsABlockAddress(v) ||
        LLVMIsAConstantDataSequential(v) || LLVMIsAConstantInt(v))
        return;
    if (LLVMIsAConstantExpr(v))
        slots_of_address(w->a, w->def, w->body, v, at, w->block);
    n = LLVMGetNumOperands(v);
    for (int i = 0; i < n; i++)
        walk_constant(w, LLVMGetOperand(v, (unsigned)i), kind, at, depth + 1);
}

/* An initialiser, at these places of the structures around it. */
static void walk_initial(struct walk *w, LLVMValueRef v, struct place *places)
{
    int n = LLVMGetNumOperands(v);

    if (LLVMIsAFunction(v) && arrlenu(places)) {
        int *slots = slots_of_places(w->a, w->def, places);
        for (size_t i = 0; i < arrlenu(slots); i++) {
            w->slot = SLOT(slots[i]);
            walk_constant(w, v, REF_ADDRESS, NULL, 0);
        }
        w->slot = SLOT_ANY;
        arrfree(slots);
    } else if (LLVMIsAConstantStruct(v)) {
        for (int i = 0; i < n; i++) {
            struct place *inside = NULL;
            for (size_t k = 0; k < arrlenu(places); k++)
                arrput(inside, places[k]);
            slots_enter(w->def, LLVMTypeOf(v), (unsigned)i, &inside);
            walk_initial(w, LLVMGetOperand(v, (unsigned)i), inside);
            arrfree(inside);
        }
    } else if (LLVMIsAConstantArray(v)) {
        for (int i = 0; i < n; i++)
            walk_initial(w, LLVMGetOperand(v, (unsigned)i), NULL);
    } else {
        walk_constant(w, v, REF_ADDRESS, NULL, 0);
    }
}

/* ---- assembly ---- */

static struct symbol *named_in_asm(struct analysis *a, struct module *m,
                                   const char *word, size_t n)
{
    char *name = xstrndup(word, n);
    LLVMValueRef v = LLVMGetNamedFunction(m->ir, name);
    struct symbol *s = NULL;

    if (!v)
        v = LLVMGetNamedGlobal(m->ir, name);
    if (v)
        s = symbol_of(&a->program, v);
    else if (shgeti(a->program.names, name) >= 0 ||
             pool_providers(&a->pool, name))
        s = symbol_named(&a->program, name);
    free(name);
    return s;
}

static void asm_symbols(struct analysis *a, struct module *m, const char *text,
                        size_t n, struct symbol ***out)
{
    struct ir_asm_word *words = ir_asm_words(text, n);

    for (size_t i = 0; i < arrlenu(words); i++) {
        struct symbol *s = named_in_asm(a, m, words[i].name, words[i].length);
        if (s)
            arrput(*out, s);
    }
    arrfree(words);
}

struct symbol **asm_of_module(struct analysis *a, struct module *m)
{
    size_t n;

    if (!m->assembly_read && m->ir) {
        const char *text = LLVMGetModuleInlineAsm(m->ir, &n);
        asm_symbols(a, m, text, n, &m->assembly);
    }
    m->assembly_read = true;
    return m->assembly;
}

static void walk_asm(struct walk *w, LLVMValueRef call, LLVMValueRef callee)
{
    size_t n;
    const char *text = LLVMGetInlineAsmAsmString(callee, &n);
    struct symbol **named = NULL;

    w->body->assembly = true;
    asm_symbols(w->a, w->def->module, text, n, &named);
    for (size_t i = 0; i < arrlenu(named); i++)
        add_ref(w, REF_NATIVE, named[i], call);
    arrfree(named);
}

/* ---- functions ---- */

static bool is_copy(const char *name)
{
    return has_prefix(name, "llvm.memcpy.") ||
           has_prefix(name, "llvm.memmove.") || !strcmp(name, "memcpy") ||
           !strcmp(name, "memmove") || !strcmp(name, "__memcpy_chk") ||
           !strcmp(name, "__memmove_chk");
}

static void walk_call(struct walk *w, LLVMValueRef call, LLVMValueRef callee)
{
    if (LLVMIsAInlineAsm(callee)) {
        walk_asm(w, call, callee);
    } else if (LLVMIsAGlobalValue(callee)) {
        walk_constant(w, callee, REF_CALL, call, 0);
        if (is_copy(ir_name(callee)))
            slots_of_copy(w->a, w->def, w->body, LLVMGetOperand(call, 0),
                          LLVMGetOperand(call, 1), w->block);
    } else if (!LLVMIsConstant(callee) || LLVMIsAConstantExpr(callee)) {
        struct site s = {.at = call, .block = w->block};
        if (LLVMIsConstant(callee))
            walk_constant(w, callee, REF_CALL, call, 0);
        s.signature = signature_of_call(w->a, call, is_app(w->def));
        slots_of_callee(w->a, w->def, callee, &s);
        arrput(w->body->sites, s);
    }
}

static bool is_float(LLVMTypeKind k)
{
    return k == LLVMFloatTypeKind || k == LLVMDoubleTypeKind ||
           k == LLVMX86_FP80TypeKind || k == LLVMFP128TypeKind;
}

static void add_float(struct walk *w, LLVMValueRef i)
{
    LLVMValueRef *list = w->body->float_at;

    if (!arrlenu(list) ||
        LLVMGetInstructionParent(arrlast(list)) != LLVMGetInstructionParent(i))
        arrput(w->body->float_at, i);
}

/* A function's address that is stored into a field stays there. */
static void walk_store(struct walk *w, LLVMValueRef store)
{
    LLVMValueRef v = LLVMGetOperand(store, 0);
    int *slots = NULL;

    if (LLVMIsAFunction(v))
        slots = slots_of_store(w->a, w->def, store);
    for (size_t i = 0; i < arrlenu(slots); i++) {
        w->slot = SLOT(slots[i]);
        walk_constant(w, v, REF_ADDRESS, store, 0);
    }
    w->slot = SLOT_ANY;
    if (!arrlenu(slots) && LLVMIsAConstant(v))
        walk_constant(w, v, REF_ADDRESS, store, 0);
    if (LLVMIsAConstant(LLVMGetOperand(store, 1)))
        walk_constant(w, LLVMGetOperand(store, 1), REF_ADDRESS, store, 0);
    arrfree(slots);
}

static void walk_address(struct walk *w, LLVMValueRef gep)
{
    IR_EACH_USE (u, gep)
        slots_of_address(w->a, w->def, w->body, gep, LLVMGetUser(u), w->block);
}

/* Who is asked about it by the unwinder; nobody else has that address. */
static void walk_pad(struct walk *w, LLVMValueRef pad)
{
    LLVMValueRef f = LLVMGetBasicBlockParent(LLVMGetInstructionParent(pad));

    if (LLVMHasPersonalityFn(f))
        walk_constant(w, LLVMGetPersonalityFn(f), REF_ADDRESS, pad, 0);
}

/* Code generation will name what a cleanup ends with. */
static void walk_resume(struct walk *w, LLVMValueRef i)
{
    bool arm = !strcmp(w->a->options.arch, "arm");
    const char *name = arm ? "__cxa_end_cleanup" : "_Unwind_Resume";

    add_ref(w, REF_CALL, symbol_named(&w->a->program, name), i);
}

static void walk_instruction(struct walk *w, LLVMValueRef i)
{
    LLVMOpcode op = LLVMGetInstructionOpcode(i);
    bool call = op == LLVMCall || op == LLVMInvoke || op == LLVMCallBr;
    enum ref_kind kind = op == LLVMICmp ? REF_COMPARE : REF_ADDRESS;
    int n = LLVMGetNumOperands(i);
    LLVMValueRef callee = call ? LLVMGetCalledValue(i) : NULL;

    w->instructions += op != LLVMAlloca && op != LLVMPHI;
    if (call)
        walk_call(w, i, callee);
    else if (op == LLVMLoad)
        slots_of_load(w->a, w->def, w->body, i, w->block);
    else if (op == LLVMGetElementPtr)
        walk_address(w, i);
    else if (op == LLVMStore)
        walk_store(w, i);
    else if (op == LLVMResume)
        walk_resume(w, i);
    else if (op == LLVMLandingPad)
        walk_pad(w, i);
    for (int o = 0; o < n; o++) {
        LLVMValueRef v = LLVMGetOperand(i, (unsigned)o);
        if (v == callee)
            continue;
        LLVMTypeKind type = LLVMGetTypeKind(LLVMTypeOf(v));
        if (op != LLVMCall && is_float(type))
            add_float(w, i);
        if (type == LLVMVectorTypeKind && !w->body->vector_at)
            w->body->vector_at = i;
        if (op != LLVMStore && LLVMIsAConstant(v))
            walk_constant(w, v, kind, i, 0);
    }
}

/* Code generation will name these two. */
static void walk_guard(struct walk *w, LLVMValueRef f)
{
    struct program *p = &w->a->program;
    LLVMValueRef array;

    if (!ir_is_guarded(f, &array) && !(w->a->options.without[SWITCH_guard] &&
                                       is_app(w->def) && ir_asks_guard(f)))
        return;
    add_ref(w, REF_ADDRESS, symbol_named(p, "__stack_chk_guard"), array);
    add_ref(w, REF_CALL, symbol_named(p, "__stack_chk_fail"), NULL);
}

static void walk_blocks(struct walk *w, LLVMValueRef f)
{
    w->block = 0;
    walk_guard(w, f);
    IR_EACH_BLOCK (b, f) {
        IR_EACH_INST (i, b)
            walk_instruction(w, i);
        w->block++;
    }
}

struct body *body_of(struct analysis *a, struct def *d)
{
    struct walk w = {.a = a, .def = d, .body = d->body};

    if (d->body)
        return d->body;
    w.body = d->body = xcalloc(1, sizeof *d->body);
    if (d->kind == DEF_DATA) {
        LLVMValueRef init = LLVMGetInitializer(d->ir);
        if (init)
            walk_initial(&w, init, NULL);
    } else if (d->kind == DEF_ALIAS && LLVMIsAGlobalAlias(d->ir)) {
        walk_constant(&w, LLVMAliasGetAliasee(d->ir), REF_CALL, NULL, 0);
    } else if (d->kind == DEF_ALIAS) {
        walk_constant(&w, LLVMGetGlobalIFuncResolver(d->ir), REF_CALL, NULL, 0);
    } else if (d->kind == DEF_FUNCTION) {
        walk_blocks(&w, d->ir);
        d->bytes = w.instructions * BYTES_PER_10_INSTRUCTIONS / 10;
        branch_prepare(d);
    }
    return d->body;
}
