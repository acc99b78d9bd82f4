/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reach.c: which functions can run, and why.
 *
 * One run, under given facts and choices: breadth-first from the entry point
 * over calls, data, and matches of indirect calls with functions whose address
 * reached code takes (rapid type analysis). Each definition keeps its first
 * discoverer, so --explain can print a shortest chain. Invariant: who found a
 * definition was itself reached before it. An address that no reached call can
 * use is only `taken`: the function is dropped, its address a fault number.
 *
 * Unknown code: native objects are taken to refer to everything that they
 * name, and to call what they are handed as an argument; the kernel of linuxu
 * to call signal handlers.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "sysname.h"

/* s is referred to in this way. */
static void refer(struct analysis *a, struct symbol *s, enum ref_kind kind,
                  struct link l);
/* Native code names s: it may call it with anything. */
static void refer_native(struct analysis *a, struct symbol *s, struct link l);

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

static bool is_init_of(const struct component *c, const struct def *d)
{
    for (size_t i = 0; i < arrlenu(c->inits); i++)
        if (strcmp(c->inits[i].function, d->symbol->name) == 0)
            return true;
    return false;
}

/* A function of a component is in: so are the steps that set it up. */
static void start_component(struct analysis *a, struct def *d, struct link l)
{
    struct component *c = d->module->pool->component;

    if (d->kind == DEF_DATA || is_init_of(c, d) ||
        hmgeti(a->run.components, c) >= 0)
        return;
    hmput(a->run.components, c, l);
    for (size_t i = 0; i < arrlenu(c->inits); i++) {
        struct init_use u = {c, &c->inits[i]};
        arrput(a->run.inits, u);
        refer(a, symbol_named(&a->program, u.step->function), REF_CALL,
              (struct link){d, NULL, HOW_INIT, 0});
    }
}

static void refer_all(struct analysis *a, struct symbol **list, struct link l)
{
    for (size_t i = 0; i < arrlenu(list); i++) {
        refer(a, list[i], REF_CALL, l);
        refer(a, list[i], REF_ADDRESS, l);
    }
}

static void pick_module(struct analysis *a, struct module *m, struct def *d)
{
    if (m->picked == a->run.number)
        return;
    m->picked = a->run.number;
    if (m->pool)
        resolve_link(a, m->pool);
    refer_all(a, m->ctors, (struct link){d, NULL, HOW_CTOR, 0});
    refer_all(a, m->used, (struct link){d, NULL, HOW_ROOT, 0});
    for (size_t i = 0; i < arrlenu(asm_of_module(a, m)); i++)
        refer_native(a, m->assembly[i], (struct link){d, NULL, HOW_NATIVE, 0});
}

static void reach(struct analysis *a, struct def *d, struct link l)
{
    if (reached(a, d))
        return;
    d->run = a->run.number;
    d->found = l;
    d->handed_over = false;
    arrsetlen(d->callers, 0);
    arrput(a->run.reached, d);
    pick_module(a, d->module, d);
    if (d->module->pool)
        start_component(a, d, l);
}

/* ---- indirect calls ---- */

static void match(struct analysis *a, const struct live_site *s, struct def *d)
{
    if (!reached(a, d) && (s->anywhere || slot_match(a, s->slots, d)) &&
        signature_match(a, s->signature, d, d->taken_by_app))
        reach(a, d, (struct link){s->first.from, s->first.at, HOW_INDIRECT, 0});
}

static void take(struct analysis *a, struct def *d, struct link l)
{
    bool app = !l.from || is_app(l.from); /* or nobody knows who */

    if (d->kind == DEF_NATIVE) { /* its type is not known */
        reach(a, d, l);
        return;
    }
    if (d->taken_run != a->run.number) {
        d->taken_run = a->run.number;
        d->taken_by = l;
        d->taken_by_app = d->taken_free = false;
        arrsetlen(d->fields, 0);
        arrput(a->run.taken, d);
    }
    bool news = slot_put(a, d, l.slot);
    if (!news && (d->taken_by_app || !app))
        return;
    d->taken_by_app |= app;
    for (size_t i = 0; i < arrlenu(a->run.sites); i++)
        match(a, &a->run.sites[i], d);
}

static bool same_slots(int *x, int *y)
{
    return arrlenu(x) == arrlenu(y) &&
           (!arrlenu(x) || !memcmp(x, y, arrlenu(x) * sizeof *x));
}

static void add_site(struct analysis *a, int signature, int *slots,
                     struct call call, bool unknown)
{
    struct live_site s = {signature, slots, call, unknown,
                          unknown && !arrlenu(slots)};

    for (size_t i = 0; i < arrlenu(a->run.sites); i++)
        if (a->run.sites[i].signature == signature &&
            same_slots(a->run.sites[i].slots, slots))
            return;
    arrput(a->run.sites, s);
    for (size_t i = 0; i < arrlenu(a->run.taken); i++)
        match(a, &s, a->run.taken[i]);
}

/* ---- references ---- */

static bool is_cut(struct analysis *a, const struct def *d)
{
    struct component *c = d->module->pool ? d->module->pool->component : NULL;
    bool cut = false;
    size_t n;

    if (!c || !c->cuts)
        return false;
    ir_name_tag(d->symbol->name, &n);
    for (size_t i = 0; i < arrlenu(c->cuts); i++)
        cut |= strlen(c->cuts[i].function) == n &&
               strncmp(c->cuts[i].function, d->symbol->name, n) == 0 &&
               !expr_value(c->cuts[i].unless, a->run.facts);
    return cut;
}

static void missing(struct analysis *a, struct symbol *s)
{
    if (s->is_late || s->is_undefined || symbol_given(a, s->name) ||
        (has_prefix(s->name, "CFG_") && pool_knob(&a->pool, s->name + 4)))
        return;
    for (size_t i = 0; i < shlenu(a->run.needs); i++)
        for (size_t k = 0; k < arrlenu(a->run.needs[i].value); k++)
            if (a->run.needs[i].value[k] == s)
                return;
    s->is_undefined = true;
    arrput(a->run.undefined, s);
}

/* An alias is its target; an ifunc may become anything its resolver names. */
static void refer_alias(struct analysis *a, struct def *d, enum ref_kind kind,
                        struct link l)
{
    struct body *b = body_of(a, d);

    reach(a, d, l);
    for (size_t i = 0; i < arrlenu(b->refs); i++)
        refer(a, b->refs[i].symbol, kind, l);
    if (!LLVMIsAGlobalAlias(d->ir))
        add_site(a, signature_any(a), NULL, (struct call){d, NULL}, true);
}

/* Notes how s is wanted, so that a stronger definition can be told. */
static void want(struct symbol *s, enum ref_kind kind, struct link l)
{
    if (kind == REF_CALL && !s->is_called)
        s->called = l;
    else if (kind != REF_CALL && !s->is_taken)
        s->taken = l;
    s->is_called |= kind == REF_CALL;
    s->is_taken |= kind != REF_CALL;
}

/* A border of a set: all that is in it. */
static bool refer_set(struct analysis *a, const struct symbol *s, struct link l)
{
    struct set *set = set_named(&a->program, s->name);

    if (!set || arrlenu(s->defs))
        return false;
    if (set->run == a->run.number)
        return true;
    set->run = a->run.number;
    for (size_t i = 0; i < arrlenu(set->members); i++)
        refer(a, set->members[i], REF_CALL, l);
    return true;
}

static void refer(struct analysis *a, struct symbol *s, enum ref_kind kind,
                  struct link l)
{
    struct def *d;

    symbol_now(a, s);
    if (refer_set(a, s, l))
        return;
    if (kind == REF_WEAK && !s->chosen && !s->is_linked &&
        !(arrlenu(s->defs) && is_app(s->defs[0]))) {
        if (!s->is_weak)
            s->weak = l;
        s->is_weak = true;
        return;
    }
    d = resolve(a, s);
    if (d && d->kind == DEF_DATA && l.how == HOW_ADDRESS)
        l.how = HOW_USE;
    want(s, kind, l);
    if (!d) {
        missing(a, s);
        return;
    }
    if (d->kind == DEF_ALIAS) {
        refer_alias(a, d, kind, l);
    } else if (is_cut(a, d)) {
        if (!s->is_cut)
            arrput(a->run.cut, s);
        s->is_cut = true;
    } else if (kind == REF_CALL || d->kind == DEF_DATA) {
        reach(a, d, l);
    } else {
        take(a, d, l);
    }
}

/* A stronger definition was linked: it gets what the weak one had. */
static void override(struct analysis *a, struct symbol *s)
{
    struct def *old = s->chosen, *new;

    s->chosen = NULL;
    new = resolve(a, s);
    if (!new || new == old)
        return;
    for (size_t i = 0; i < arrlenu(old->callers); i++)
        arrput(new->callers, old->callers[i]);
    if (s->is_called)
        refer(a, s, REF_CALL, s->called);
    s->taken.slot = SLOT_ANY;
    if (s->is_taken)
        refer(a, s, REF_ADDRESS, s->taken);
}

/* ---- one definition ---- */

/* The function a reference ends at, through aliases. */
static struct def *target_of(struct analysis *a, struct symbol *s)
{
    struct def *d = s->run == a->run.number ? s->chosen : NULL;

    for (int i = 0; d && d->kind == DEF_ALIAS && i < 10; i++) {
        struct body *b = body_of(a, d);
        s = arrlenu(b->refs) ? b->refs[0].symbol : NULL;
        d = s && s->run == a->run.number ? s->chosen : NULL;
    }
    return d;
}

static void refer_native(struct analysis *a, struct symbol *s, struct link l)
{
    refer(a, s, REF_CALL, l);
    refer(a, s, REF_ADDRESS, l);
    if (target_of(a, s))
        target_of(a, s)->handed_over = true;
}

/* Functions among the values that an argument may have. */
static void hand_over(struct analysis *a, struct def *d, LLVMValueRef v,
                      LLVMValueRef at, int depth)
{
    int n = 0;

    v = ir_strip(v);
    if (LLVMIsAFunction(v) && symbol_of(&a->program, v)) {
        struct symbol *s = symbol_of(&a->program, v);
        refer(a, s, REF_CALL, (struct link){d, at, HOW_NATIVE, 0});
        if (target_of(a, s))
            target_of(a, s)->handed_over = true;
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

static bool is_syscall_by_number(struct analysis *a, const struct symbol *s)
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
    if (LLVMIsAConstantInt(n))
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

static void work_call(struct analysis *a, struct def *d, const struct ref *r)
{
    struct symbol *s = r->symbol;
    struct call call = {d, r->at};

    if (is_syscall_by_number(a, s))
        s = direct_syscall(a, d, r);
    refer(a, s, r->kind, (struct link){d, r->at, HOW_CALL, 0});
    struct def *to = target_of(a, s);
    if (!to)
        return;
    arrput(to->callers, call);
    if (to->kind == DEF_NATIVE) {
        int n = LLVMGetNumArgOperands(r->at);
        for (int i = 0; i < n; i++)
            hand_over(a, d, LLVMGetOperand(r->at, (unsigned)i), r->at, 0);
    }
    if (strcmp(s->name, "uc_sys_rt_sigaction") == 0)
        add_site(a, signature_handler(a),
                 slots_of_object(a, d, LLVMGetOperand(r->at, 1)), call, true);
}

/* Functions got into more fields, or out of them: match them again. */
static void work_move(struct analysis *a, const struct move *m)
{
    struct def **changed = slot_move(a, m);

    for (size_t i = 0; i < arrlenu(changed); i++)
        for (size_t k = 0; k < arrlenu(a->run.sites); k++)
            match(a, &a->run.sites[k], changed[i]);
    arrfree(changed);
}

static void work_function(struct analysis *a, struct def *d)
{
    struct body *b = body_of(a, d);
    bool blocks;

    branch_live(a, d);
    blocks = arrlenu(b->blocks) > 0;
    for (size_t i = 0; i < arrlenu(b->refs); i++) {
        const struct ref *r = &b->refs[i];
        if (blocks && !d->live[r->block])
            continue;
        if (r->kind == REF_CALL && r->at)
            work_call(a, d, r);
        else if (r->kind == REF_NATIVE)
            refer_native(a, r->symbol, (struct link){d, r->at, HOW_NATIVE, 0});
        else
            refer(a, r->symbol, r->kind,
                  (struct link){d, r->at, HOW_ADDRESS, r->slot});
        if (r->kind != REF_CALL && is_syscall_by_number(a, r->symbol))
            a->run.direct = false;
    }
    for (size_t i = 0; i < arrlenu(b->sites); i++) {
        struct call call = {d, b->sites[i].at};
        if (blocks && !d->live[b->sites[i].block])
            continue;
        struct live_call live = {call, b->sites[i].signature};
        arrput(a->run.site_calls, live);
        add_site(a, b->sites[i].signature, b->sites[i].slots, call, false);
    }
    for (size_t i = 0; i < arrlenu(b->moves); i++)
        if (!blocks || d->live[b->moves[i].block])
            work_move(a, &b->moves[i]);
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
    if (is_app(d))
        add_site(a, signature_any(a), NULL, (struct call){d, NULL}, true);
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
    arrfree(r->sites);
    arrfree(r->site_calls);
    arrfree(r->undefined);
    arrfree(r->cut);
    arrfree(r->late);
    arrfree(r->overridden);
    arrfree(r->inits);
    arrfree(r->syscalls);
    hmfree(r->components);
    *r = (struct reach){0};
}

void reach_run(struct analysis *a, const struct facts *facts)
{
    struct reach *r = &a->run;
    double start = cpu_seconds();

    reach_free(r);
    slot_reset(a);
    r->number = ++a->runs;
    r->facts = facts;
    r->direct = true;
    sh_new_strdup(r->needs);
    for (size_t i = 0; i < arrlenu(a->program.modules); i++)
        if (!a->program.modules[i]->pool)
            pick_module(a, a->program.modules[i], NULL);
    refer(a, symbol_named(&a->program, "uc_entry"), REF_CALL,
          (struct link){.how = HOW_ROOT});
    while (r->done < arrlenu(r->reached) || arrlenu(r->overridden)) {
        if (arrlenu(r->overridden))
            override(a, arrpop(r->overridden));
        else
            work(a, r->reached[r->done++]);
    }
    a->seconds_reach += cpu_seconds() - start;
}
