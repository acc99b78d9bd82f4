/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick.c: the components that fill the roles, and the facts, made to agree.
 *
 * Facts depend on what is reached, that on the knobs and choices, and these on
 * the facts. settle() repeats runs under fixed choices until the facts found
 * are those assumed; they only grow, so it ends, and the last run is sound
 * under its own facts. Roles are then filled one at a time, by trial: for each
 * candidate the program settles anew, and the one that leaves fewest system
 * calls open, then fewest bytes of the pool reached, wins. A choice whose
 * `when` fails later is banned and everything starts again without it, so that
 * ends too. What made it fail is remembered: if then nobody fits a role, as
 * only a choice shows the fact that its other candidates ask for, the fact is
 * taken to hold from the start.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_ROUNDS = 64
};

/* Where a trial ended. */
struct outcome {
    struct component *component;
    unsigned long bytes;
    size_t open; /* system calls that nobody defines */
    bool valid;
    struct choice *choices;
    struct facts facts;
    unsigned run; /* the last one, which was under these */
};

/* ---- settling ---- */

static void option_facts(const struct analysis *a, struct facts *f)
{
    f->on[FACT_args] = a->options.args != NULL;
    f->on[FACT_root] = a->options.root;
    f->on[FACT_net_address] = a->options.ip != NULL;
    f->on[FACT_net_tap] = a->options.tap;
    f->on[FACT_net_pci] = a->options.pci;
    f->on[FACT_disk] = a->options.disk;
    f->on[FACT_share] = a->options.share;
    for (int i = 0; i < FACT_COUNT; i++)
        f->on[i] |= a->options.assumed[i] || a->known[i];
}

/* Runs until the facts are those assumed, beginning with a->facts. */
static void settle(struct analysis *a)
{
    struct facts assumed = {0}, found = {0};

    memcpy(assumed.on, a->facts.on, sizeof assumed.on);
    option_facts(a, &assumed);
    for (;;) {
        facts_free(&found);
        reach_run(a, &assumed);
        facts_of_run(a, &found);
        for (int i = 0; i < FACT_COUNT; i++)
            found.on[i] |= assumed.on[i];
        if (a->question.fact)
            found.on[a->question.fact - 1] = false;
        if (facts_equal(&found, &assumed))
            break;
        memcpy(assumed.on, found.on, sizeof assumed.on);
    }
    facts_free(&a->facts);
    a->facts = found;
    a->run.facts = &a->facts;
}

static unsigned long pool_bytes(const struct analysis *a)
{
    unsigned long n = 0;

    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        bool zero = d->kind == DEF_DATA && LLVMGetInitializer(d->ir) &&
                    LLVMIsNull(LLVMGetInitializer(d->ir));
        if (!is_app(d) && !zero)
            n += d->bytes;
    }
    return n;
}

static size_t open_calls(const struct analysis *a)
{
    size_t n = 0;

    for (size_t i = 0; i < arrlenu(a->run.undefined); i++)
        n += has_prefix(a->run.undefined[i]->name, "uc_sys_");
    return n;
}

/* ---- candidates ---- */

bool component_allowed(struct analysis *a, const struct component *c)
{
    if (!c->fits)
        return false;
    if (c->role)
        return shget(a->choices, c->role) == c;
    return !c->when || expr_value(c->when, a->run.facts);
}

static bool valid(const struct analysis *a, const struct component *c)
{
    return c->fits && !c->banned &&
           (!c->when || expr_value(c->when, &a->facts));
}

static bool defines(struct analysis *a, const struct component *c,
                    const struct symbol *s)
{
    struct provider *all = pool_providers(&a->pool, s->name);

    for (size_t i = 0; i < arrlenu(all); i++)
        if (all[i].module->component == c)
            return true;
    return false;
}

/* The first wanted symbol that c should define and does not, or NULL. */
static const struct symbol *
lacking(struct analysis *a, const struct component *c, struct symbol **wanted)
{
    for (size_t i = 0; i < arrlenu(wanted); i++)
        if (!has_prefix(wanted[i]->name, "uc_sys_") &&
            !defines(a, c, wanted[i]))
            return wanted[i];
    return NULL;
}

static struct component **candidates(struct analysis *a, const char *role,
                                     struct symbol **wanted)
{
    struct component **list = NULL;

    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        struct component *c = a->pool.components[i];
        if (c->role && !strcmp(c->role, role) && valid(a, c) &&
            !lacking(a, c, wanted))
            arrput(list, c);
    }
    return list;
}

/* ---- trials ---- */

void pick_settle(struct analysis *a)
{
    facts_free(&a->facts);
    settle(a);
}

/* A choice that the facts contradict, or NULL. */
static struct component *contradicted(struct analysis *a)
{
    for (size_t i = 0; i < shlenu(a->choices); i++) {
        struct component *c = a->choices[i].value;
        if (c->when && !expr_value(c->when, &a->facts))
            return c;
    }
    return NULL;
}

/* Can facts that are found later contradict it? They only grow. */
static bool lasts(const struct analysis *a, const struct component *c)
{
    struct facts all = {0};

    memset(all.on, true, sizeof all.on);
    option_facts(a, &all);
    return !c->when || expr_value(c->when, &all);
}

/* Chooses what is alone for its role; lasting: and will stay valid. */
static bool fill_alone(struct analysis *a, bool lasting)
{
    bool more = false;

    for (size_t i = 0; i < shlenu(a->run.needs); i++) {
        struct component **list =
            candidates(a, a->run.needs[i].key, a->run.needs[i].value);
        if (arrlenu(list) == 1 && (!lasting || lasts(a, list[0]))) {
            shput(a->choices, a->run.needs[i].key, list[0]);
            more = true;
        }
        arrfree(list);
    }
    return more;
}

/* Does a role that is to be filled have several candidates? */
static bool has_choice(struct analysis *a)
{
    bool several = false;

    for (size_t i = 0; i < shlenu(a->run.needs) && !several; i++) {
        struct component **list =
            candidates(a, a->run.needs[i].key, a->run.needs[i].value);
        several = arrlenu(list) > 1;
        arrfree(list);
    }
    return several;
}

/*
 * Fills the roles that have one candidate only, as far as that goes and no
 * choice is contradicted: what follows from one that is would be for nothing.
 * True if pick_all() would do the same: it fills a role that has a choice
 * before it takes what may not last.
 */
static bool fill_certain(struct analysis *a, bool lasting)
{
    bool same = true;

    while (!contradicted(a)) {
        if (!fill_alone(a, true)) {
            if (lasting || !fill_alone(a, false))
                break;
            same = same && !has_choice(a);
        }
        settle(a);
    }
    return same;
}

static struct choice *copy_choices(struct choice *from)
{
    struct choice *to = NULL;

    sh_new_strdup(to);
    for (size_t i = 0; i < shlenu(from); i++)
        shput(to, from[i].key, from[i].value);
    return to;
}

/* Here it can be gone on from. */
static void mark(const struct analysis *a, struct outcome *o)
{
    shfree(o->choices);
    o->choices = copy_choices(a->choices);
    o->run = a->run.number;
    memcpy(o->facts.on, a->facts.on, sizeof o->facts.on);
}

/*
 * Settles with c in the role, and leaves a->choices and a->facts as before. It
 * is judged with all that is certain under the facts so far, but what later
 * facts may contradict is not part of what is gone on from, unless it would
 * come next anyway: SQLite's threads show only once there are files, and tlsf
 * is not for threads.
 */
static struct outcome try(struct analysis *a, const char *role,
                          struct component *c)
{
    struct choice *before = a->choices;
    struct facts facts = a->facts;
    struct outcome o = {.component = c};

    a->choices = copy_choices(before);
    a->facts = (struct facts){0};
    memcpy(a->facts.on, facts.on, sizeof facts.on);
    shput(a->choices, KEY(role), c);
    settle(a);
    fill_certain(a, true);
    mark(a, &o);
    if (fill_certain(a, false))
        mark(a, &o);
    o.valid = valid(a, c);
    o.bytes = pool_bytes(a);
    o.open = open_calls(a);
    if (a->run.number == o.run)
        o.facts = a->facts;
    else
        facts_free(&a->facts);
    shfree(a->choices);
    a->choices = before;
    a->facts = facts;
    return o;
}

/* Goes on from there. */
static void adopt(struct analysis *a, struct outcome *o)
{
    shfree(a->choices);
    facts_free(&a->facts);
    a->choices = o->choices;
    a->facts = o->facts;
    o->choices = NULL;
    o->facts = (struct facts){0};
    a->run.facts = &a->facts;
    if (a->run.number != o->run)
        settle(a);
}

static void outcomes_free(struct outcome *all)
{
    for (size_t i = 0; i < arrlenu(all); i++) {
        shfree(all[i].choices);
        facts_free(&all[i].facts);
    }
    arrfree(all);
}

/* --without roles: how many more facts could hold, one at a time. */
static int serves(const struct analysis *a, const struct component *c)
{
    struct facts f = {0};
    int n = 0;

    for (int i = 0; i < FACT_COUNT; i++) {
        memcpy(f.on, a->facts.on, sizeof f.on);
        f.on[i] = true;
        n += !c->when || expr_value(c->when, &f);
    }
    return n;
}

static bool beats(const struct analysis *a, const struct outcome *x,
                  const struct outcome *y)
{
    if (x->valid != y->valid)
        return x->valid;
    if (a->options.without[SWITCH_roles]) {
        int more = serves(a, x->component) - serves(a, y->component);
        return more ? more > 0 : x->bytes > y->bytes;
    }
    return x->open != y->open ? x->open < y->open : x->bytes < y->bytes;
}

static void note_close(struct analysis *a, const char *role,
                       struct outcome *all, const struct outcome *best)
{
    for (size_t i = 0; i < arrlenu(all); i++) {
        struct close_choice c = {xstrdup(role), best->component,
                                 all[i].component, best->bytes, all[i].bytes};
        if (&all[i] != best && all[i].valid && all[i].open == best->open &&
            all[i].bytes - best->bytes <= best->bytes / 10)
            arrput(a->close, c);
    }
}

static bool nobody(struct analysis *a, const char *role, struct symbol **wanted)
{
    error("role %s: no component can fill it on %s", role, a->options.target);
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        struct component *c = a->pool.components[i];
        const struct symbol *s = lacking(a, c, wanted);
        if (!c->role || strcmp(c->role, role) != 0)
            continue;
        if (!c->fits)
            evidence("%s: not for this target", c->path);
        else if (c->when && !expr_value(c->when, &a->facts))
            evidence("%s: valid when %s", c->path, expr_text(c->when));
        else if (s)
            evidence("%s: does not define %s", c->path, s->name);
        else
            evidence("%s: was tried, and then a fact made it invalid", c->path);
    }
    for (size_t i = 0; i < arrlenu(wanted) && i < 5; i++) {
        char *where = where_of(wanted[i]->called.from, wanted[i]->called.at);
        note("%s is wanted by %s", wanted[i]->name, where);
        free(where);
    }
    return false;
}

static bool fill(struct analysis *a, const char *role, struct symbol **wanted)
{
    struct component **list = candidates(a, role, wanted);
    struct outcome *all = NULL, *best;

    if (!arrlenu(list))
        return nobody(a, role, wanted);
    for (size_t i = 0; i < arrlenu(list); i++) {
        struct outcome o = try(a, role, list[i]);
        arrput(all, o);
    }
    if (!all)
        die_ours("role %s: its candidates are gone", role);
    best = &all[0];
    for (size_t i = 1; i < arrlenu(all); i++)
        if (beats(a, &all[i], best))
            best = &all[i];
    note_close(a, role, all, best);
    adopt(a, best);
    outcomes_free(all);
    arrfree(list);
    return true;
}

/* ---- all of it ---- */

static bool ban(struct analysis *a, struct component *c)
{
    if (c->forced) {
        error("%s: chosen for the role %s, but it is only valid when %s",
              c->path, c->role, expr_text(c->when));
        note("see `facts` for where the facts come from, or choose another");
        return false;
    }
    c->banned = true;
    for (int i = 0; i < FACT_COUNT; i++)
        a->learnt[i] |= a->facts.on[i] && expr_uses(c->when, (enum fact)i);
    for (ptrdiff_t i = shlen(a->choices) - 1; i >= 0; i--)
        if (!a->choices[i].value->forced)
            shdel(a->choices, a->choices[i].key);
    arrsetlen(a->close, 0);
    pick_settle(a);
    return true;
}

/* Takes what was learnt to hold; false if that is nothing new. */
static bool know(struct analysis *a)
{
    bool more = false;

    for (int i = 0; i < FACT_COUNT; i++) {
        more |= a->learnt[i] && !a->known[i];
        a->known[i] |= a->learnt[i];
    }
    if (more)
        pick_settle(a);
    return more;
}

/*
 * The role to fill next, by name, and how many can: those with a choice come
 * first, as what it shows may contradict what is alone now; last come those
 * that nobody can fill yet, as facts may still come.
 */
static ptrdiff_t first_need(struct analysis *a, size_t *count)
{
    ptrdiff_t first = -1;

    for (ptrdiff_t i = 0; i < (ptrdiff_t)shlen(a->run.needs); i++) {
        struct component **list =
            candidates(a, a->run.needs[i].key, a->run.needs[i].value);
        size_t n = arrlenu(list), rank = n > 1 ? 2 : n;
        size_t best = *count > 1 ? 2 : *count;
        if (first < 0 || rank > best ||
            (rank == best &&
             strcmp(a->run.needs[i].key, a->run.needs[first].key) < 0)) {
            first = i;
            *count = n;
        }
        arrfree(list);
    }
    return first;
}

/* Fills the need by trial; that of nobody is an error. */
static bool fill_need(struct analysis *a, ptrdiff_t need)
{
    char *role = xstrdup(a->run.needs[need].key);
    struct symbol **wanted = NULL;
    bool ok;

    for (size_t k = 0; k < arrlenu(a->run.needs[need].value); k++)
        arrput(wanted, a->run.needs[need].value[k]);
    ok = fill(a, role, wanted);
    arrfree(wanted);
    free(role);
    return ok;
}

bool pick_all(struct analysis *a)
{
    if (!pick_forced(a))
        return false;
    pick_settle(a);
    for (int round = 0; round < MAX_ROUNDS; round++) {
        struct component *bad = contradicted(a);
        if (bad) {
            if (!ban(a, bad))
                return false;
            continue;
        }
        size_t count = 0;
        ptrdiff_t need = first_need(a, &count);
        if (need < 0)
            return true;
        if (fill_alone(a, true) || (count == 1 && fill_alone(a, false)))
            settle(a);
        else if ((count || !know(a)) && !fill_need(a, need))
            return false;
    }
    die_ours("components cannot be chosen: the choices do not settle");
}
