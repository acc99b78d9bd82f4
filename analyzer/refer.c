/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refer.c: what one reference brings into a run: the definition in force, the
 * module that has it, the steps that set its component up. A call or a use
 * reaches; an address is only taken, and reaches once a reached indirect call
 * matches it. What nobody defines is noted, and what a fact cuts.
 */
#include "explain.h"

#include <string.h>
#include <xxhash.h>

bool refer_is_init(const struct component *c, const struct def *d)
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

    if (d->kind == DEF_DATA || refer_is_init(c, d) ||
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

void refer_module(struct analysis *a, struct module *m, struct def *d)
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

/* A question is asked: what if this were not there? */
bool refer_is_banned(const struct analysis *a, const struct def *d)
{
    return d->banned || (a->question.component && !is_app(d) &&
                         d->module->pool->component == a->question.component);
}

static void reach(struct analysis *a, struct def *d, struct link l)
{
    if (reached(a, d) || refer_is_banned(a, d))
        return;
    d->run = a->run.number;
    d->found = l;
    d->handed_over = d->asks_pointers = d->queued = false;
    d->result = (struct known){NOT_YET, 0, 0};
    arrsetlen(d->callers, 0);
    arrsetlen(d->askers, 0);
    arrfree(d->live);
    arrfree(d->worked);
    arrput(a->run.reached, d);
    refer_module(a, d->module, d);
    if (d->module->pool)
        start_component(a, d, l);
}

/* ---- indirect calls ---- */

bool refer_matches(struct analysis *a, const struct live_site *s, struct def *d)
{
    return (s->anywhere || slot_match(a, s->slots, d)) &&
           signature_match(a, s->signature, d, d->taken_by_app);
}

bool refer_may_call(struct analysis *a, const struct site *s, struct def *d)
{
    return (s->anywhere || slot_match(a, s->slots, d)) &&
           signature_match(a, s->signature, d, d->taken_by_app);
}

static void match(struct analysis *a, const struct live_site *s, struct def *d)
{
    if (!reached(a, d) && refer_matches(a, s, d))
        reach(a, d, (struct link){s->first.from, s->first.at, HOW_INDIRECT, 0});
}

/*
 * The address of what has no IR is taken: only its declaration tells more. What
 * the pool declares as a variable is none of its functions, and its native code
 * keeps what it names to itself.
 */
static void outside(struct analysis *a, struct symbol *s, struct link l)
{
    LLVMModuleRef m = l.from ? l.from->module->ir : NULL;
    LLVMValueRef f = m ? LLVMGetNamedFunction(m, s->name) : NULL;
    bool app = !l.from || is_app(l.from);
    struct outsider o = {s, f ? signature_of_declared(a, f, false) : -1, app};

    if (!app && (!m || LLVMGetNamedGlobal(m, s->name)))
        return;
    for (size_t i = 0; i < arrlenu(a->run.outsiders); i++)
        if (a->run.outsiders[i].symbol == s &&
            a->run.outsiders[i].signature == o.signature &&
            a->run.outsiders[i].taken_by_app == app)
            return;
    arrput(a->run.outsiders, o);
    a->run.pointers_changed = true;
}

static void take(struct analysis *a, struct def *d, struct link l)
{
    bool app = !l.from || is_app(l.from); /* or nobody knows who */

    if (d->kind == DEF_NATIVE) {
        outside(a, d->symbol, l);
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
    if (a->options.without[SWITCH_drop])
        reach(a, d, l);
    if (!news && (d->taken_by_app || !app))
        return;
    d->taken_by_app |= app;
    refer_again(a, d);
}

static bool same_site(const struct live_site *x, const struct live_site *y)
{
    size_t n = arrlenu(x->slots);

    return x->signature == y->signature && x->anywhere == y->anywhere &&
           n == arrlenu(y->slots) &&
           (!n || !memcmp(x->slots, y->slots, n * sizeof *x->slots));
}

/* Enters s, unless one like it is there. */
static bool add_site(struct analysis *a, const struct live_site *s,
                     struct def *from)
{
    size_t n = arrlenu(s->slots);
    uint64_t hash = XXH3_64bits_withSeed(
        n ? (const void *)s->slots : "", n * sizeof *s->slots,
        (uint64_t)s->signature * 2 + s->anywhere);
    ptrdiff_t i = hmgeti(a->run.site_numbers, hash);
    struct live_site *old =
        i < 0 ? NULL : &a->run.sites[a->run.site_numbers[i].value];
    bool found = old && same_site(old, s);

    if (!found) {
        hmput(a->run.site_numbers, hash, (int)arrlen(a->run.sites));
        arrput(a->run.sites, *s);
        old = &arrlast(a->run.sites);
    }
    if (a->run.noting)
        arrput(old->from, from);
    return !found;
}

void refer_site(struct analysis *a, int signature, const struct site *site,
                struct call call, bool unknown)
{
    struct live_site s = {.signature = signature,
                          .slots = site ? site->slots : NULL,
                          .first = call,
                          .unknown = unknown,
                          .anywhere = site ? site->anywhere : unknown};

    if (!add_site(a, &s, call.from))
        return;
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
        cut |= !c->cuts[i].off && strlen(c->cuts[i].function) == n &&
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

/* What is declared as the alias is the target, with that type. */
static void other_name(struct analysis *a, struct def *alias)
{
    struct def *to = refer_target(a, alias->symbol);

    if (!to || to->kind != DEF_FUNCTION ||
        !casts_alias(a, alias->symbol, to->symbol))
        return;
    signature_renew(to);
    if (to->taken_run == a->run.number)
        refer_again(a, to);
}

/* An alias is its target; an ifunc may become anything its resolver names. */
static void refer_alias(struct analysis *a, struct def *d, enum ref_kind kind,
                        struct link l)
{
    struct body *b = body_of(a, d);

    reach(a, d, l);
    for (size_t i = 0; i < arrlenu(b->refs); i++) {
        a->run.through = d;
        refer(a, b->refs[i].symbol, kind, l);
    }
    other_name(a, d);
    if (!LLVMIsAGlobalAlias(d->ir))
        refer_site(a, signature_any(a), NULL, (struct call){d, NULL}, true);
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

void refer(struct analysis *a, struct symbol *s, enum ref_kind kind,
           struct link l)
{
    bool weak = kind == REF_WEAK || kind == REF_WEAK_CALL;
    struct def *d;

    symbol_now(a, s);
    graph_note(a, s, kind, l);
    if (refer_set(a, s, l))
        return;
    if (weak && !s->chosen && !s->is_linked &&
        !(arrlenu(s->defs) && is_app(s->defs[0]))) {
        if (!s->is_weak)
            s->weak = l;
        s->is_weak = true;
        return;
    }
    if (kind == REF_WEAK_CALL)
        kind = REF_CALL;
    d = resolve(a, s);
    if (d && d->kind == DEF_DATA && l.how == HOW_ADDRESS)
        l.how = HOW_USE;
    want(s, kind, l);
    if (!d) {
        missing(a, s);
        if (kind != REF_CALL && kind != REF_COMPARE)
            outside(a, s, l);
        return;
    }
    if (refer_is_banned(a, d))
        return;
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
void refer_override(struct analysis *a, struct symbol *s)
{
    struct def *old = refer_target(a, s), *new;

    if (s->is_weak) { /* the first one: how it is called was not kept */
        s->is_weak = false;
        refer_native(a, s, s->weak);
    }
    s->chosen = NULL;
    new = resolve(a, s);
    if (!new || new == old)
        return;
    for (size_t i = 0; old && i < arrlenu(old->callers); i++)
        arrput(new->callers, old->callers[i]);
    if (old)
        reach_again(a, old->askers);
    if (s->is_called)
        refer(a, s, REF_CALL, s->called);
    s->taken.slot = SLOT_ANY;
    if (s->is_taken)
        refer(a, s, REF_ADDRESS, s->taken);
}

struct def *refer_target(struct analysis *a, struct symbol *s)
{
    struct def *d = s->run == a->run.number ? s->chosen : NULL;

    for (int i = 0; d && d->kind == DEF_ALIAS && i < 10; i++) {
        struct body *b = body_of(a, d);
        s = arrlenu(b->refs) ? b->refs[0].symbol : NULL;
        d = s && s->run == a->run.number ? s->chosen : NULL;
    }
    return d;
}

void refer_native(struct analysis *a, struct symbol *s, struct link l)
{
    refer(a, s, REF_CALL, l);
    refer(a, s, REF_ADDRESS, l);
    if (refer_target(a, s))
        refer_target(a, s)->handed_over = true;
}

void refer_again(struct analysis *a, struct def *d)
{
    a->run.pointers_changed = true;
    for (size_t i = 0; i < arrlenu(a->run.sites) && !reached(a, d); i++)
        match(a, &a->run.sites[i], d);
}
