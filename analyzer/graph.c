/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * graph.c: every way by which a definition is reached, and what it goes with.
 *
 * One more run with the settled facts notes all references, where the others
 * keep the first. A definition is reached if one of its direct references is,
 * or, for a function, one that takes its address and one indirect call that
 * matches. So it goes when x goes if x is in
 *
 *     G(d) = {d} + intersection of G(direct references)
 *                  and of (intersection of G(takers)
 *                          + intersection of G(matching calls))
 *
 * whose greatest solution is the answer for every x at once, as in dominators;
 * sets are bits, a few thousand x at a time. What flows through fields is taken
 * as it ended, and all functions of a component, or definitions of a module,
 * can start what runs for it: so G may lack an x, and has none too many.
 */
#include "explain.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS = 64, /* of a set: so many x at a time, times 64 */
    CHUNK = WORDS * 64,
    NEAREST = 64 /* of a set are kept: the others go with one of these */
};

/* One of the lists above; its set is that of the intersection. */
struct ways {
    int *from;
    bool open; /* nothing need be there for one of them */
};
struct node { /* a definition, or what stands between definitions */
    struct ways direct, takers, sites;
    uint64_t bits[WORDS];
};
struct graph {
    struct analysis *a;
    struct node *nodes;
    size_t defs; /* the first nodes: reached definitions, in order */
    struct node_entry {
        const void *key;
        int value;
    } *extra; /* module, component or site → node */
};

void graph_note(struct analysis *a, struct symbol *to, enum ref_kind kind,
                struct link l)
{
    struct edge e = {l.from, to, l.how, l.at, kind};

    if (a->run.through) {
        e.from = a->run.through;
        e.how = HOW_ALIAS;
        a->run.through = NULL;
    }
    if (a->run.noting)
        arrput(a->run.edges, e);
}

/* ---- nodes ---- */

static int new_node(struct graph *g)
{
    struct node *n = arraddnptr(g->nodes, 1);

    *n = (struct node){0};
    return (int)arrlen(g->nodes) - 1;
}

static void add_way(struct ways *w, int from)
{
    size_t n = arrlenu(w->from);

    if (n && w->from[n - 1] == from)
        return;
    arrput(w->from, from);
}

/* from: a node, or -1 if nothing need be there. */
static void add_from(struct ways *w, int from)
{
    if (from < 0)
        w->open = true;
    else
        add_way(w, from);
}

static int module_node(struct graph *g, struct module *m)
{
    ptrdiff_t i = hmgeti(g->extra, m);

    if (i >= 0)
        return g->extra[i].value;
    int n = new_node(g);
    hmput(g->extra, m, n);
    for (size_t k = 0; k < arrlenu(m->defs); k++)
        if (reached(g->a, m->defs[k]))
            add_way(&g->nodes[n].direct, m->defs[k]->node);
    g->nodes[n].direct.open = !m->pool;
    return n;
}

static int component_node(struct graph *g, struct component *c)
{
    ptrdiff_t i = hmgeti(g->extra, c);

    if (i >= 0)
        return g->extra[i].value;
    int n = new_node(g);
    hmput(g->extra, c, n);
    for (size_t k = 0; k < g->defs; k++) {
        const struct def *d = g->a->run.reached[k];
        if (!is_app(d) && d->module->pool->component == c &&
            d->kind != DEF_DATA && !refer_is_init(c, d))
            add_way(&g->nodes[n].direct, (int)k);
    }
    return n;
}

/* The node that must be there for this reference; -1: none. */
static int from_node(struct graph *g, const struct edge *e)
{
    if (!e->from || !reached(g->a, e->from))
        return -1;
    if (e->how == HOW_INIT)
        return component_node(g, e->from->module->pool->component);
    if (e->how == HOW_CTOR || e->how == HOW_ROOT ||
        (e->how == HOW_NATIVE && !e->at && e->from->kind != DEF_NATIVE))
        return module_node(g, e->from->module);
    return e->from->node;
}

static void add_edge(struct graph *g, const struct edge *e, struct symbol *to,
                     enum ref_kind kind)
{
    struct def *d = to->run == g->a->run.number ? to->chosen : NULL;
    bool direct = kind == REF_CALL || kind == REF_WEAK_CALL ||
                  (d && d->kind != DEF_FUNCTION) ||
                  g->a->options.without[SWITCH_drop];
    int from;

    if (!d || !reached(g->a, d))
        return;
    from = from_node(g, e);
    if (!g->nodes) /* never: d has one */
        return;
    if (direct)
        add_from(&g->nodes[d->node].direct, from);
    else
        add_from(&g->nodes[d->node].takers, from);
}

static void add_edges(struct graph *g)
{
    struct edge *edges = g->a->run.edges;

    for (size_t i = 0; i < arrlenu(edges); i++) {
        struct symbol *to = edges[i].to;
        struct set *set =
            arrlenu(to->defs) ? NULL : set_named(&g->a->program, to->name);

        add_edge(g, &edges[i], to, edges[i].kind);
        for (size_t k = 0; set && k < arrlenu(set->members); k++)
            add_edge(g, &edges[i], set->members[k], REF_CALL);
    }
}

static void add_sites(struct graph *g)
{
    struct analysis *a = g->a;

    for (size_t i = 0; i < arrlenu(a->run.sites); i++) {
        const struct live_site *s = &a->run.sites[i];
        int n = new_node(g);

        for (size_t k = 0; k < arrlenu(s->from); k++)
            if (s->from[k] && reached(a, s->from[k]))
                add_way(&g->nodes[n].direct, s->from[k]->node);
            else
                g->nodes[n].direct.open = true;
        for (size_t k = 0; k < arrlenu(a->run.taken); k++) {
            struct def *d = a->run.taken[k];
            if (reached(a, d) && refer_matches(a, s, d))
                add_way(&g->nodes[d->node].sites, n);
        }
    }
}

static void make(struct graph *g)
{
    struct analysis *a = g->a;

    a->run.noting = true;
    reach_run(a, &a->facts);
    a->run.noting = false;
    g->defs = arrlenu(a->run.reached);
    for (size_t i = 0; i < g->defs; i++)
        a->run.reached[i]->node = new_node(g);
    add_edges(g);
    add_sites(g);
    a->edges = a->run.edges;
    a->run.edges = NULL;
}

/* ---- the solution ---- */

static void intersect(const struct graph *g, const struct ways *w,
                      uint64_t *bits)
{
    uint64_t any = !w->open;

    memset(bits, w->open ? 0 : 0xff, WORDS * sizeof *bits);
    for (size_t i = 0; i < arrlenu(w->from) && any; i++) {
        any = 0;
        for (size_t k = 0; k < WORDS; k++)
            any |= bits[k] &= g->nodes[w->from[i]].bits[k];
    }
}

static bool is_none(const struct ways *w)
{
    return !w->open && !arrlenu(w->from);
}

/* Makes the node's set anew; true if it changed. self: -1 for no bit. */
static bool update(struct graph *g, struct node *n, ptrdiff_t self)
{
    uint64_t bits[WORDS], takers[WORDS], sites[WORDS];
    bool indirect = !is_none(&n->takers) && !is_none(&n->sites);

    intersect(g, &n->direct, bits);
    if (indirect) {
        intersect(g, &n->takers, takers);
        intersect(g, &n->sites, sites);
        for (size_t k = 0; k < WORDS; k++)
            bits[k] &= takers[k] | sites[k];
    } else if (is_none(&n->direct)) { /* by a way that nobody noted */
        memset(bits, 0, sizeof bits);
    }
    if (self >= 0)
        bits[self / 64] |= 1ull << (self % 64);
    if (!memcmp(bits, n->bits, sizeof bits))
        return false;
    memcpy(n->bits, bits, sizeof bits);
    return true;
}

/* For the definitions from base on. */
static void solve(struct graph *g, size_t base)
{
    size_t n = arrlenu(g->nodes);
    bool changed = true;

    for (size_t i = 0; i < n; i++)
        memset(g->nodes[i].bits, 0xff, sizeof g->nodes[i].bits);
    while (changed) {
        changed = false;
        for (size_t i = g->defs; i < n; i++)
            changed |= update(g, &g->nodes[i], -1);
        for (size_t i = 0; i < g->defs; i++) {
            bool in = i >= base && i < base + CHUNK;
            changed |= update(g, &g->nodes[i], in ? (ptrdiff_t)(i - base) : -1);
        }
    }
}

/* The highest first, over all calls: those found last are nearest. */
static void read_off(struct graph *g, size_t base)
{
    for (size_t i = 0; i < g->defs; i++) {
        struct def *d = g->a->run.reached[i];
        for (size_t k = WORDS; k--;)
            for (uint64_t w = g->nodes[i].bits[k];
                 w && arrlenu(d->goes_with) < NEAREST;) {
                unsigned bit = 63 - (unsigned)__builtin_clzll(w);
                size_t x = base + k * 64 + bit;
                w &= ~(1ull << bit);
                if (x < g->defs && x != i)
                    arrput(d->goes_with, (int)x);
            }
    }
}

static void reverse(int *list)
{
    for (size_t i = 0, n = arrlenu(list); i < n / 2; i++) {
        int x = list[i];
        list[i] = list[n - 1 - i];
        list[n - 1 - i] = x;
    }
}

static unsigned count_ways(const struct ways *w)
{
    return (unsigned)arrlen(w->from) + w->open;
}

void graph_solve(struct analysis *a)
{
    struct graph g = {.a = a};

    if (a->solved)
        return;
    a->solved = true;
    make(&g);
    for (size_t i = 0; i < g.defs; i++) {
        struct def *d = a->run.reached[i];
        const struct node *n = &g.nodes[i];
        arrsetlen(d->goes_with, 0);
        d->references = count_ways(&n->direct);
        d->takers = count_ways(&n->takers);
        d->pointer_calls = count_ways(&n->sites);
    }
    for (size_t chunk = g.defs / CHUNK + 1; chunk--;) {
        solve(&g, chunk * CHUNK);
        read_off(&g, chunk * CHUNK);
    }
    for (size_t i = 0; i < g.defs; i++)
        reverse(a->run.reached[i]->goes_with);
    for (size_t i = 0; i < arrlenu(g.nodes); i++) {
        arrfree(g.nodes[i].direct.from);
        arrfree(g.nodes[i].takers.from);
        arrfree(g.nodes[i].sites.from);
    }
    arrfree(g.nodes);
    hmfree(g.extra);
}
