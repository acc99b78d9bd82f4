/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reach.c: which functions can run, and why.
 *
 * One run, under given facts and choices: breadth-first from the entry point
 * over calls, data, and matches of indirect calls with functions whose address
 * reached code takes (rapid type analysis). Each definition keeps its first
 * discoverer, so --explain can print a chain. Invariant: who found a
 * definition was itself reached before it. An address that no reached call can
 * use is only `taken`: the function is dropped, its address a fault number.
 * What one reference brings in is refer.c's.
 *
 * Unknown code: native objects are taken to refer to everything that they
 * name, and to call what they are handed as an argument; the kernel of linuxu
 * to call signal handlers.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "sysname.h"

bool reached(const struct analysis *a, const struct def *d)
{
    return d->run == a->run.number;
}

bool block_live(const struct def *d, LLVMValueRef inst)
{
    ptrdiff_t i;

    if (!d->body || !arrlenu(d->body->blocks) || !d->live)
        return true;
    i = hmgeti(d->body->numbers, LLVMGetInstructionParent(inst));
    return i < 0 || d->live[d->body->numbers[i].value];
}

/* ---- one definition ---- */

/* Functions among the values that an argument may have. */
static void hand_over(struct analysis *a, struct def *d, LLVMValueRef v,
                      LLVMValueRef at, int depth)
{
    int n = 0;

    v = ir_strip(v);
    if (LLVMIsAFunction(v) && symbol_of(&a->program, v)) {
        struct symbol *s = symbol_of(&a->program, v);
        refer(a, s, REF_CALL, (struct link){d, at, HOW_NATIVE, 0});
        if (refer_target(a, s))
            refer_target(a, s)->handed_over = true;
    } else if (LLVMIsAPHINode(v)) {
        n = (int)LLVMCountIncoming(v);
    }
    for (int i = 0; i < n && depth < 4; i++)
        hand_over(a, d, LLVMGetIncomingValue(v, (unsigned)i), at, depth + 1);
    if (LLVMIsASelectInst(v) && depth < 4) {
        hand_over(a, d, LLVMGetOperand(v, 1), at, depth + 1);
        hand_over(a, d, LLVMGetOperand(v, 2), at, depth + 1);
    }
}

bool reach_is_syscall(struct analysis *a, const struct symbol *s)
{
    return !s->local && strcmp(s->name, "syscall") == 0 &&
           !(arrlenu(s->defs) && is_app(s->defs[0])) &&
           pool_providers(&a->pool, "uc_syscall");
}

/* syscall(NUMBER, ...) is a call of that system call's function. */
static struct symbol *direct_syscall(struct analysis *a, struct def *d,
                                     const struct ref *r)
{
    struct call call = {d, r->at};
    LLVMValueRef n = LLVMGetOperand(r->at, 0);
    const char *name = NULL;

    arrput(a->run.syscalls, call);
    if (LLVMIsAConstantInt(n) && !a->options.without[SWITCH_direct])
        name = sysname(a->options.arch, LLVMConstIntGetSExtValue(n));
    if (!name) {
        a->run.direct = false;
        return r->symbol;
    }
    char *function = format("uc_sys_%s", name);
    struct symbol *s = symbol_named(&a->program, function);
    free(function);
    refer(a, symbol_named(&a->program, "__syscall_ret"), REF_CALL,
          (struct link){d, r->at, HOW_CALL, 0}); /* the linker wraps the call */
    return s;
}

/* Is there assembly in d, or in what it calls to make a system call? */
static bool enters_assembly(struct analysis *a, struct def *d, int depth)
{
    const struct body *b = d->kind == DEF_FUNCTION ? body_of(a, d) : NULL;

    if (!b || b->assembly)
        return true;
    for (size_t i = 0; depth < 3 && i < arrlenu(b->refs); i++) {
        struct symbol *s = b->refs[i].symbol;
        struct def *to =
            b->refs[i].kind == REF_CALL && s->local ? s->defs[0] : NULL;
        if (to && to->kind == DEF_FUNCTION && enters_assembly(a, to, depth + 1))
            return true;
    }
    return false;
}

static void work_call(struct analysis *a, struct def *d, const struct ref *r)
{
    struct symbol *s = r->symbol;
    struct call call = {d, r->at};

    if (reach_is_syscall(a, s))
        s = direct_syscall(a, d, r);
    refer(a, s, r->kind, (struct link){d, r->at, HOW_CALL, 0});
    struct def *to = refer_target(a, s);
    if (!to)
        return;
    arrput(to->callers, call);
    if (to->kind == DEF_NATIVE) {
        int n = LLVMGetNumArgOperands(r->at);
        for (int i = 0; i < n; i++)
            hand_over(a, d, LLVMGetOperand(r->at, (unsigned)i), r->at, 0);
    }
    if (strcmp(s->name, "uc_sys_rt_sigaction") == 0 &&
        enters_assembly(a, to, 0)) { /* the host calls handlers */
        struct site site = {
            .slots = slots_of_object(a, d, LLVMGetOperand(r->at, 1))};
        site.anywhere = !arrlenu(site.slots);
        refer_site(a, signature_handler(a), &site, call, true);
    }
}

/* Functions got into more fields, or out of them: match them again. */
static void work_move(struct analysis *a, const struct move *m)
{
    struct def **changed = slot_move(a, m);

    for (size_t i = 0; i < arrlenu(changed); i++)
        refer_again(a, changed[i]);
    arrfree(changed);
}

static bool is_call(const struct ref *r)
{
    return r->at && (r->kind == REF_CALL || r->kind == REF_WEAK_CALL);
}

void reach_again(struct analysis *a, struct def **askers)
{
    for (size_t i = 0; i < arrlenu(askers); i++) {
        if (askers[i]->queued || !reached(a, askers[i]))
            continue;
        askers[i]->queued = true;
        arrput(a->run.again, askers[i]);
    }
}

static void work_ref(struct analysis *a, struct def *d, const struct ref *r)
{
    if (is_call(r))
        work_call(a, d, r);
    else if (r->kind == REF_NATIVE)
        refer_native(a, r->symbol, (struct link){d, r->at, HOW_NATIVE, 0});
    else
        refer(a, r->symbol, r->kind,
              (struct link){d, r->at, HOW_ADDRESS, r->slot});
    if (!is_call(r) && reach_is_syscall(a, r->symbol))
        a->run.direct = false;
}

static void work_site(struct analysis *a, struct def *d, struct site *s)
{
    struct call call = {d, s->at};
    struct live_call live = {call, s->signature, s};

    arrput(a->run.site_calls, live);
    refer_site(a, s->signature, s, call, false);
}

/* What stands in the blocks that are live and were not when last seen. */
static void work_blocks(struct analysis *a, struct def *d)
{
    struct body *b = d->body;
    int *new = NULL;

    for (int i = 0; i < arrlen(b->blocks); i++)
        if (d->live[i] && !d->worked[i]) {
            d->worked[i] = true;
            arrput(new, i);
        }
    for (size_t k = 0; k < arrlenu(new); k++)
        for (size_t i = b->blocks[new[k]].ref;
             i < arrlenu(b->refs) && b->refs[i].block == new[k]; i++)
            work_ref(a, d, &b->refs[i]);
    for (size_t k = 0; k < arrlenu(new); k++)
        for (size_t i = b->blocks[new[k]].site;
             i < arrlenu(b->sites) && b->sites[i].block == new[k]; i++)
            work_site(a, d, &b->sites[i]);
    for (size_t k = 0; k < arrlenu(new); k++)
        for (size_t i = b->blocks[new[k]].move;
             i < arrlenu(b->moves) && b->moves[i].block == new[k]; i++)
            work_move(a, &b->moves[i]);
    arrfree(new);
}

static void work_function(struct analysis *a, struct def *d)
{
    struct body *b = body_of(a, d);
    struct known before = d->result;
    bool grew = false;

    d->queued = false;
    while (arrlenu(d->live) < arrlenu(b->blocks)) {
        arrput(d->live, false);
        arrput(d->worked, false);
    }
    while (branch_live(a, d)) {
        grew = true;
        work_blocks(a, d);
    }
    d->result = known_join(before, branch_returns(a, d));
    if (d->result.state != before.state || (grew && value_is_small(d)))
        reach_again(a, d->askers);
}

/* Assembly that says so: it calls no function but those that it names. */
static bool calls_nothing(const struct module *m)
{
    for (size_t i = 0; i < arrlenu(m->defs); i++)
        if (!strcmp(m->defs[i]->symbol->name, "uc_calls_nothing"))
            return true;
    return false;
}

/*
 * The pool's native objects call what they name or are handed. Of the app's
 * nothing is known: they may find pointers in any memory and call them.
 */
static void work_native(struct analysis *a, struct def *d)
{
    struct symbol **refs = d->module->refs, **weak = d->module->weak_refs;
    struct link l = {d, NULL, HOW_NATIVE, 0};

    for (size_t i = 0; i < arrlenu(refs); i++)
        refer_native(a, refs[i], l);
    for (size_t i = 0; i < arrlenu(weak); i++)
        if (arrlenu(weak[i]->defs) && is_app(weak[i]->defs[0]))
            refer_native(a, weak[i], l);
    if (is_app(d) && !calls_nothing(d->module))
        refer_site(a, signature_any(a), NULL, (struct call){d, NULL}, true);
}

static void work(struct analysis *a, struct def *d)
{
    if (d->kind == DEF_FUNCTION) {
        work_function(a, d);
    } else if (d->kind == DEF_NATIVE) {
        work_native(a, d);
    } else if (d->kind == DEF_DATA) {
        struct body *b = body_of(a, d);
        for (size_t i = 0; i < arrlenu(b->refs); i++)
            refer(a, b->refs[i].symbol, b->refs[i].kind,
                  (struct link){d, NULL, HOW_DATA, b->refs[i].slot});
    }
}

/* ---- the run ---- */

void reach_free(struct reach *r)
{
    for (size_t i = 0; i < shlenu(r->needs); i++)
        arrfree(r->needs[i].value);
    shfree(r->needs);
    arrfree(r->reached);
    arrfree(r->taken);
    for (size_t i = 0; i < arrlenu(r->sites); i++)
        arrfree(r->sites[i].from);
    arrfree(r->sites);
    arrfree(r->edges);
    hmfree(r->site_numbers);
    arrfree(r->site_calls);
    arrfree(r->undefined);
    arrfree(r->cut);
    arrfree(r->late);
    arrfree(r->overridden);
    arrfree(r->inits);
    arrfree(r->syscalls);
    arrfree(r->outsiders);
    arrfree(r->again);
    arrfree(r->pointer_askers);
    hmfree(r->components);
    *r = (struct reach){0};
}

/* False: nothing is left to do. */
static bool work_next(struct analysis *a)
{
    struct reach *r = &a->run;

    if (arrlenu(r->overridden)) {
        refer_override(a, arrpop(r->overridden));
    } else if (r->done < arrlenu(r->reached)) {
        work(a, r->reached[r->done++]);
    } else if (arrlenu(r->again)) {
        work_function(a, arrpop(r->again));
    } else if (r->pointers_changed) {
        r->pointers_changed = false;
        reach_again(a, r->pointer_askers);
    } else {
        return false;
    }
    return true;
}

void reach_run(struct analysis *a, const struct facts *facts)
{
    struct reach *r = &a->run;
    double start = cpu_seconds();
    bool noting = r->noting;

    reach_free(r);
    r->noting = noting;
    slot_reset(a);
    r->number = ++a->runs;
    r->facts = facts;
    r->direct = true;
    sh_new_strdup(r->needs);
    for (size_t i = 0; i < arrlenu(a->program.modules); i++)
        if (!a->program.modules[i]->pool)
            refer_module(a, a->program.modules[i], NULL);
    refer(a, symbol_named(&a->program, "uc_entry"), REF_CALL,
          (struct link){.how = HOW_ROOT});
    while (work_next(a))
        ;
    a->seconds_reach += cpu_seconds() - start;
}
