/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * analyzer.h: the data of one analysis, in sections by defining file.
 *
 * A run (reach.c) decides which definitions can be used under given facts and
 * choices; pick.c repeats runs until facts and choices agree.
 */
#ifndef UC_ANALYZER_H
#define UC_ANALYZER_H

#include "slots.h"
#include "switch.h"

/* ---- resolve.c: which definition a name stands for ---- */
/* The symbol with its state set up for this run. */
struct symbol *symbol_now(struct analysis *a, struct symbol *s);
/*
 * The definition in force, linking the module that has it. NULL: none, and
 * the symbol or the run says why (late, undefined, a role to fill).
 */
struct def *resolve(struct analysis *a, struct symbol *s);
/* Is s the business of the linker: uc_ctors, a name of the image's script? */
bool symbol_given(struct analysis *a, const char *name);
void resolve_link(struct analysis *a, struct pool_module *pm);
/* Reads the names that the target's image.lds assigns. */
void script_read(struct analysis *a);

/* The sections that the run's code walks, sorted (stb_ds array). */
char **sets_reached(struct analysis *a);

/* ---- own.c: the program's functions with names of the pool's ---- */
/* Finds and renames them, before load_app_done. */
void own_names(struct analysis *a);
/* Makes bodies of inline functions that nobody else defines count. */
void own_inline(struct analysis *a);

/* ---- reach.c: one run ---- */
struct live_site {
    int signature;
    int *slots; /* as in struct site; belongs to the body */
    struct call first;
    struct def **from; /* who calls; only in a run that notes all */
    bool unknown;      /* with what it is called is not in the IR */
    bool anywhere;     /* the target may come from any field */
};
struct live_call {
    struct call call;
    int signature;
    const struct site *site;
};
struct init_use {
    struct component *component;
    const struct init_step *step;
};
struct outsider { /* a function without IR whose address is taken */
    struct symbol *symbol;
    int signature; /* -1: not known */
    bool taken_by_app;
};
struct role_need {
    char *key;             /* role */
    struct symbol **value; /* what is wanted of it */
};
struct site_entry {
    uint64_t key; /* a hash */
    int value;
};
struct component_entry {
    struct component *key;
    struct link value;
};
struct edge { /* one reference, in a run that notes all */
    struct def *from;
    struct symbol *to;
    enum how how;
    LLVMValueRef at;
    enum ref_kind kind;
};
struct reach {
    unsigned number;
    const struct facts *facts; /* taken as given */
    struct def **reached;      /* in order: who found one stands before it */
    struct def **taken;        /* functions whose address is taken */
    struct live_site *sites;   /* none twice */
    struct site_entry *site_numbers;
    struct live_call *site_calls; /* every reached indirect call */
    struct symbol **undefined, **cut, **late;
    struct symbol **overridden; /* weak, and a strong one was linked */
    struct role_need *needs;    /* roles that are not filled */
    struct init_use *inits;
    struct component_entry *components; /* of which something is reached */
    struct outsider *outsiders;
    struct call *syscalls; /* calls of syscall() */
    bool direct;           /* all of them have constant numbers */
    bool kernel_calls;
    size_t done;                 /* reached[0..done) are worked off */
    struct def **again;          /* reached, to be worked again */
    struct def **pointer_askers; /* their values depend on who is called */
    bool pointers_changed;
    bool noting;         /* for graph.c: set before the run */
    struct def *through; /* an alias that the next reference comes by */
    struct edge *edges;
};
/* ---- refer.c: what a reference brings in; l: where it stands ---- */
void refer(struct analysis *a, struct symbol *s, enum ref_kind kind,
           struct link l);
/* Native code names s: it may call it with anything. */
void refer_native(struct analysis *a, struct symbol *s, struct link l);
/* m is in: so are its constructors and what it says is used. */
void refer_module(struct analysis *a, struct module *m, struct def *d);
/*
 * A reached indirect call, of the slots of site, which stay for the whole run;
 * NULL: of anything.
 */
void refer_site(struct analysis *a, int signature, const struct site *site,
                struct call call, bool unknown);
/* May this call reach d, whose address is taken? */
bool refer_may_call(struct analysis *a, const struct site *s, struct def *d);
/* Matches a function whose address is taken with all calls again. */
void refer_again(struct analysis *a, struct def *d);
/* A stronger definition was linked: it gets what the weak one had. */
void refer_override(struct analysis *a, struct symbol *s);
/* Is it to be taken as not there, for a question? */
bool refer_is_banned(const struct analysis *a, const struct def *d);
/* Is d one of the steps that set c up? */
bool refer_is_init(const struct component *c, const struct def *d);
/* May a call at s reach d, whose address is taken? */
bool refer_matches(struct analysis *a, const struct live_site *s,
                   struct def *d);
/* The function that a reference ends at, through aliases, or NULL. */
struct def *refer_target(struct analysis *a, struct symbol *s);

void reach_run(struct analysis *a, const struct facts *facts);
/* Is s syscall(), which calls by number? */
bool reach_is_syscall(struct analysis *a, const struct symbol *s);
/* An answer that these functions' values depend on has changed. */
void reach_again(struct analysis *a, struct def **askers);
bool reached(const struct analysis *a, const struct def *d);
bool block_live(const struct def *d, LLVMValueRef inst);
void reach_free(struct reach *r);

/* ---- casts.c: which function types become which others ---- */
#define CASTS_LIBRARY "library" /* the type of all that the pool may call */
/* Reads options.casts, if there is one; false: it is not such a file. */
bool casts_read(struct analysis *a);
/* Are all casts of the program known, and to be used? */
bool casts_known(const struct analysis *a);
/* May a function pointer of one type, or `*`, become one of the other? */
bool casts_flow(struct analysis *a, const char *from, const char *to);
/* The types that the function is declared with where its address is taken. */
char **casts_declared(struct analysis *a, const struct symbol *s);
/* `of` is also called alias: true if that gives it another type. */
bool casts_alias(struct analysis *a, const struct symbol *alias,
                 const struct symbol *of);

/* ---- consts.c: which constants can reach a value ---- */
struct const_at {
    LLVMValueRef value;
    struct call at; /* the last call that passed it on; .at may be NULL */
};
struct consts {
    bool top;                /* something that is not known */
    struct call top_at;      /* who passed that */
    struct const_at *values; /* no value twice */
};
struct consts consts_of(struct analysis *a, struct def *in, LLVMValueRef v);
/* What the call gives as parameter k of the function it reaches, or NULL. */
LLVMValueRef const_argument(struct analysis *a, const struct call *c,
                            const struct def *to, unsigned k);
/* Its constants; top if there is none. */
struct consts consts_of_argument(struct analysis *a, const struct call *c,
                                 const struct def *to, unsigned k);
void consts_free(struct consts *c);
/* The C string a constant points to, or NULL (caller frees). */
char *const_string(struct analysis *a, LLVMValueRef v);
/* The same of 32-bit characters; `?` for those that are not ASCII. */
char *const_wide_string(struct analysis *a, LLVMValueRef v);

/* ---- fact_*.c: one run's facts ---- */
void facts_of_run(struct analysis *a, struct facts *f);
void fact_calls(struct analysis *a, struct facts *f);
void fact_format(struct analysis *a, struct facts *f);
void fact_syscall(struct analysis *a, struct facts *f);
void fact_file(struct analysis *a, struct facts *f);
void fact_argument(struct analysis *a, struct facts *f);
void fact_program(struct analysis *a, struct facts *f);
void fact_unwind(struct analysis *a, struct facts *f);
/* Some component for the target can start one. */
bool can_have_threads(struct pool *p);
void fact_role(struct analysis *a, struct facts *f);
/* The reached definition of an external name, or NULL. */
struct def *reached_named(struct analysis *a, const char *name);

/* ---- pick.c: facts and choices that agree ---- */
struct choice {
    char *key; /* role */
    struct component *value;
};
struct close_choice {
    const char *role;
    const struct component *chosen, *other;
    unsigned long bytes, other_bytes;
};
bool pick_all(struct analysis *a);
/* Runs from no facts on, under the choices made, until the facts agree. */
void pick_settle(struct analysis *a);
/* The user's own come first (pick_forced.c); false: it has said why not. */
bool pick_forced(struct analysis *a);
/* May this component's definitions be used now? */
bool component_allowed(struct analysis *a, const struct component *c);

/* ---- trace.c ---- */
void trace(struct analysis *a, const char *stage);

/* ---- main.c ---- */
struct options {
    char **apps, **chosen, **explain, **names_off;
    char **targets, **outs;   /* of all that are asked for */
    const char *casts;        /* a file, or NULL */
    const char *target, *out; /* of the one that is worked on */
    const char *pool, *libc, *args, *ip, *trace;
    const char *map;      /* image.map of the finished link, or NULL */
    const char *findings; /* of the source scan, JSON, or NULL */
    char *platform, *arch;
    bool root, disk, share, tap, pci, strict, promote, linked, own;
    enum level level;
    int jobs;
    bool assumed[FACT_COUNT];   /* --assume */
    bool without[SWITCH_COUNT]; /* --without, as far as these are switches */
};
struct signature;
struct casts;
struct slot_state;
struct field_key {
    LLVMTypeRef type;
    unsigned long long offset;
};
struct field_entry {
    struct field_key key;
    int value;
};
struct slot_key {
    unsigned long long shape, offset;
};
struct slot_entry {
    struct slot_key key;
    int value;
};
struct offset_entry {
    unsigned long long key;
    int *value;
};
struct signature_entry {
    char *key;
    int value;
};
struct question { /* what a question takes away, beside banned definitions */
    const struct component *component;
    const struct knob *knob; /* is 0 */
    int fact;                /* number + 1: does not hold */
};
struct analysis {
    struct options options;
    struct pool pool;
    struct program program;
    struct late_entry *script_names; /* defined by the image.lds */
    struct late_entry *own;          /* the program's, as it wrote them */
    struct choice *choices;
    struct choice *forced;
    struct close_choice *close;
    struct signature *signatures;
    struct signature_entry *signature_numbers;
    struct slot *slots;
    struct field_entry *fields;     /* slots by type and offset */
    struct slot_state *slot_states; /* of one run */
    struct slot_entry *slot_numbers;
    struct offset_entry *slots_at; /* all of an offset */
    struct casts *casts;           /* NULL: not known */
    struct facts facts;
    bool learnt[FACT_COUNT]; /* pick.c: these made a choice invalid */
    bool known[FACT_COUNT];  /* of these, what holds from the start */
    struct question question;
    struct symbol **base_late; /* the same, of late.a */
    struct def **base;         /* saving.c: what is there without questions */
    struct image_map *image;   /* saving.c */
    bool solved;               /* by graph_solve */
    struct edge *edges;        /* of its run */
    struct reach run;          /* the last one */
    unsigned runs;
    double seconds_reach, seconds_facts;
    double seconds_shared; /* its share of what was done for all targets */
};
double cpu_seconds(void);

/* ---- ablate.c: --assume FACT, --without NAME ---- */
void ablate_assume(struct options *o, const char *name); /* dies if unknown */
/* Lists what --without can name. */
void ablate_help(const struct pool *p);
/* Switches off what options.names_off has; false: one of them is unknown. */
bool ablate(struct analysis *a);
/* Adds assumed facts that nothing in the program shows. */
void ablate_facts(struct analysis *a);
void ablate_pick(const struct analysis *a, struct buf *b);
struct json_t;
void ablate_json(struct analysis *a, struct json_t *o);

/* ---- targets.c: how many functions an indirect call may reach ---- */
void targets_json(struct analysis *a, struct json_t *o);

/* ---- undefined.c: names that nobody defines ---- */
bool is_open_call(const struct symbol *s); /* it will return ENOSYS */
/* Only code that cannot run names it, says the native link. */
bool is_unused(const struct analysis *a, const struct symbol *s);
bool undefined_report(struct analysis *a); /* true: there were no errors */
void degraded_facts(struct analysis *a);   /* adds open calls to the facts */

/* ---- config.c, products.c, explain.c: what comes out ---- */
void config_write(struct analysis *a); /* unicore.config, config.h */
void init_write(struct analysis *a);   /* init.c */
/* One file of the output folder; b is freed. */
void product_write(const struct analysis *a, const char *name, struct buf *b);
void products_write(struct analysis *a); /* facts, pick, analyze.json */
/* What would keep a cut function: the expression in its manifest. */
const char *cut_unless(const struct symbol *s);
/* Those of the target's components, and the facts that modules ask for. */
const struct knob **knobs_sorted(struct analysis *a);
bool explain(struct analysis *a, const char *name); /* false: unknown */
/* `>>> ...` lines of the way from the entry, without their mark. */
char **chain_of(struct analysis *a, const struct link *l);
char *where_of(const struct def *d, LLVMValueRef at); /* never NULL */

#endif
