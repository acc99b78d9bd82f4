/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_program.c: facts of the program as a whole: what main and libc look at
 * of the start-up values, locales, floating point, thread-local variables,
 * syscall() by number, and calls of unknown targets.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "sysname.h"

/* ---- main's parameters, the variables that hold them ---- */

static void main_parameters(struct analysis *a, struct facts *f)
{
    struct def *d = reached_named(a, "main");
    LLVMValueRef main = d && d->ir ? ir_strip(d->ir) : NULL;
    unsigned n = main && LLVMIsAFunction(main) ? LLVMCountParams(main) : 0;

    for (unsigned i = 0; i < n; i++)
        if (LLVMGetFirstUse(LLVMGetParam(main, i)))
            facts_add(f, i < 2 ? FACT_argv : FACT_env, NULL, d, NULL);
    if (d && (!main || !LLVMIsAFunction(main) ||
              LLVMIsFunctionVarArg(LLVMGlobalGetValueType(main)))) {
        facts_add(f, FACT_argv, NULL, d, NULL);
        facts_add(f, FACT_env, NULL, d, NULL);
    }
}

/* Is the symbol in this operand? */
static bool names(struct analysis *a, LLVMValueRef v, const struct symbol *s)
{
    int n = LLVMIsAConstant(v) ? LLVMGetNumOperands(v) : 0;

    if (LLVMIsAGlobalValue(v))
        return symbol_of(&a->program, v) == s;
    for (int i = 0; i < n && !LLVMIsABlockAddress(v); i++)
        if (names(a, LLVMGetOperand(v, (unsigned)i), s))
            return true;
    return false;
}

/* Only stored to: nobody looks, and its address is not what is stored. */
static bool only_stored(struct analysis *a, const struct ref *r)
{
    return r->at && LLVMIsAStoreInst(r->at) &&
           LLVMIsAGlobalValue(LLVMGetOperand(r->at, 1)) &&
           names(a, LLVMGetOperand(r->at, 1), r->symbol) &&
           !names(a, LLVMGetOperand(r->at, 0), r->symbol);
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

static void variables(struct analysis *a, struct facts *f, struct def *d)
{
    static const char *const environment[] = {"__environ", "environ",
                                              "_environ", "___environ", NULL};
    static const char *const arguments[] = {
        "__progname", "__progname_full", "program_invocation_name",
        "program_invocation_short_name", NULL};

    for (size_t i = 0; i < arrlenu(d->body->refs); i++) {
        const struct ref *r = &d->body->refs[i];
        const char *name = r->symbol->name;
        if (r->symbol->local || only_stored(a, r) ||
            (r->at && !block_live(d, r->at)))
            continue;
        if (is_one_of(name, environment))
            facts_add(f, FACT_env, NULL, d, r->at);
        else if (is_one_of(name, arguments))
            facts_add(f, FACT_argv, NULL, d, r->at);
    }
}

static void definitions(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        struct def *d = a->run.reached[i];
        if (d->kind == DEF_DATA && LLVMIsThreadLocal(d->ir) && !f->on[FACT_tls])
            facts_add(f, FACT_tls, NULL, d, NULL);
        if (!d->body)
            continue;
        variables(a, f, d);
        for (size_t k = 0; k < arrlenu(d->body->float_at); k++)
            if (!f->on[FACT_float] && block_live(d, d->body->float_at[k]))
                facts_add(f, FACT_float, NULL, d, d->body->float_at[k]);
        if (d->body->vector_at && !f->on[FACT_simd])
            facts_add(f, FACT_simd, NULL, d, d->body->vector_at);
    }
}

static void constructors(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->program.modules); i++) {
        const struct module *m = a->program.modules[i];
        if (m->picked == a->run.number && arrlenu(m->ctors) &&
            m->ctors[0]->chosen)
            facts_add(f, FACT_ctors, NULL, m->ctors[0]->chosen, NULL);
    }
}

bool can_have_threads(struct pool *p)
{
    struct provider *all = pool_providers(p, "uc_sys_thread");
    bool can = false;

    for (size_t i = 0; i < arrlenu(all); i++)
        can |= all[i].module->component->fits;
    return can;
}

/*
 * Asked for, and possible: without uc_sys_thread the request fails. Not only
 * once it is reached: what is picked before its role is has to know.
 */
static void threads(struct analysis *a, struct facts *f)
{
    static const char *const ask[] = {"pthread_create", "thrd_create", "clone"};
    bool can = can_have_threads(&a->pool);

    for (size_t i = 0; can && i < sizeof ask / sizeof *ask; i++) {
        struct def *d = reached_named(a, ask[i]);
        if (!d)
            continue;
        const struct link *l = reached(a, d) ? &d->found : &d->taken_by;
        facts_add(f, FACT_threads, NULL, l->from, l->at);
    }
}

/* Sees what another thread has written. */
static bool looks(LLVMValueRef inst)
{
    switch (LLVMGetInstructionOpcode(inst)) {
    case LLVMLoad:
        return LLVMGetVolatile(inst) || LLVMGetOrdering(inst);
    case LLVMAtomicCmpXchg:
    case LLVMAtomicRMW:
    case LLVMFence:
        return true;
    case LLVMCall: /* ir_wide.c makes such calls */
        return LLVMIsAInlineAsm(LLVMGetCalledValue(inst)) ||
               has_prefix(ir_name(LLVMGetCalledValue(inst)), "__atomic_");
    default:
        return false;
    }
}

static bool spins_in(struct facts *f, struct def *d)
{
    IR_EACH_BLOCK (b, d->ir) {
        IR_EACH_INST (at, b) {
            if (looks(at) && block_live(d, at)) {
                facts_add(f, FACT_spins, NULL, d, at);
                return true;
            }
        }
    }
    return false;
}

/*
 * Everything that is needed to wait in a loop without a call that waits: by
 * C11 6.8.5p6 and 5.1.2.4p25 other loops end by themselves.
 */
static void spins(struct analysis *a, struct facts *f)
{
    static const char *const calls[] = {
        "pthread_mutex_lock",
        "pthread_mutex_trylock",
        "pthread_rwlock_rdlock",
        "pthread_rwlock_wrlock",
        "pthread_rwlock_tryrdlock",
        "pthread_rwlock_trywrlock",
        "pthread_spin_lock",
        "pthread_spin_trylock",
        "mtx_lock",
        "mtx_trylock",
        "sem_trywait",
        "sem_getvalue",
        "pthread_tryjoin_np",
        "pthread_kill",
    };

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct def *d = reached_named(a, calls[i]);
        if (d && reached(a, d)) {
            facts_add(f, FACT_spins, NULL, d->found.from, d->found.at);
            return;
        }
    }
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        struct def *d = a->run.reached[i];
        if (is_app(d) && d->kind == DEF_FUNCTION && spins_in(f, d))
            return;
    }
}

/* ---- locales ---- */

static void locale(struct analysis *a, struct facts *f, const char *function)
{
    struct def *d = reached_named(a, function);
    struct consts c = {0};

    if (!d || is_app(d) || d->kind != DEF_FUNCTION ||
        LLVMCountParams(d->ir) < 2)
        return;
    c = consts_of(a, d, LLVMGetParam(d->ir, 1));
    for (size_t i = 0; i < arrlenu(c.values); i++) {
        char *name = const_string(a, c.values[i].value);
        bool plain = name && (!strcmp(name, "C") || !strcmp(name, "POSIX"));
        if (!plain && !LLVMIsNull(c.values[i].value))
            facts_add(f, FACT_locale, NULL, c.values[i].at.from,
                      c.values[i].at.at);
        free(name);
    }
    if (c.top)
        facts_add(f, FACT_locale, NULL, c.top_at.from, c.top_at.at);
    consts_free(&c);
}

/* ---- borders ---- */

static void syscalls(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->run.syscalls); i++) {
        const struct call *c = &a->run.syscalls[i];
        LLVMValueRef n = LLVMGetOperand(c->at, 0);
        long long number =
            LLVMIsAConstantInt(n) ? LLVMConstIntGetSExtValue(n) : -1;
        const char *name = sysname(a->options.arch, number);
        char *detail =
            name ? format("%lld %s", number, name) : format("%lld", number);
        if (number >= 0)
            facts_add(f, FACT_syscall, detail, c->from, c->at);
        if (!name)
            facts_add(f, FACT_syscall_unknown, NULL, c->from, c->at);
        free(detail);
    }
    if (!a->run.direct && !f->on[FACT_syscall_unknown])
        facts_add(f, FACT_syscall_unknown, NULL, NULL, NULL);
}

static void unknown_calls(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->run.sites); i++) {
        const struct live_site *s = &a->run.sites[i];
        if (signature_is_any(a, s->signature))
            facts_add(f, FACT_indirect_unknown, NULL, s->first.from,
                      s->first.at);
    }
}

void fact_program(struct analysis *a, struct facts *f)
{
    main_parameters(a, f);
    definitions(a, f);
    constructors(a, f);
    threads(a, f);
    if (f->on[FACT_threads])
        spins(a, f);
    locale(a, f, "setlocale");
    locale(a, f, "newlocale");
    syscalls(a, f);
    unknown_calls(a, f);
    if (a->options.args)
        facts_add(f, FACT_args, NULL, NULL, NULL);
    if (a->options.ip)
        facts_add(f, FACT_net_address, NULL, NULL, NULL);
    if (a->options.tap)
        facts_add(f, FACT_net_tap, NULL, NULL, NULL);
    if (a->options.pci)
        facts_add(f, FACT_net_pci, NULL, NULL, NULL);
    if (a->options.root)
        facts_add(f, FACT_root, NULL, NULL, NULL);
    if (a->options.disk)
        facts_add(f, FACT_disk, NULL, NULL, NULL);
    if (a->options.share)
        facts_add(f, FACT_share, NULL, NULL, NULL);
}

void facts_of_run(struct analysis *a, struct facts *f)
{
    double start = cpu_seconds();

    fact_calls(a, f);
    fact_format(a, f);
    fact_file(a, f);
    fact_argument(a, f);
    fact_program(a, f);
    fact_role(a, f);
    fact_unwind(a, f);
    a->seconds_facts += cpu_seconds() - start;
}
