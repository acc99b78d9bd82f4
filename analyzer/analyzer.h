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
    bool unknown;  /* with what it is called is not in the IR */
    bool anywhere; /* the target may come from any field */
};
struct live_call {
    struct call call;
    int signature;
};
struct init_use {
    struct component *component;
    const struct init_step *step;
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
    struct call *syscalls;              /* calls of syscall() */
    bool direct;                        /* all of them have constant numbers */
    bool kernel_calls;
    size_t done; /* reached[0..done) are worked off */
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
/* Matches a function whose address is taken with all calls again. */
void refer_again(struct analysis *a, struct def *d);
/* A stronger definition was linked: it gets what the weak one had. */
void refer_override(struct analysis *a, struct symbol *s);
/* The function that a reference ends at, through aliases, or NULL. */
struct def *refer_target(struct analysis *a, struct symbol *s);

void reach_run(struct analysis *a, const struct facts *facts);
bool reached(const struct analysis *a, const struct def *d);
bool block_live(const struct def *d, LLVMValueRef inst);
void reach_free(struct reach *r);

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
void fact_program(struct analysis *a, struct facts *f);
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
/* May this component's definitions be used now? */
bool component_allowed(struct analysis *a, const struct component *c);

/* ---- main.c ---- */
struct options {
    char **apps, **chosen, **explain;
    const char *pool, *target, *libc, *out, *args, *trace;
    char *platform, *arch;
    bool root, strict, promote;
    enum level level;
};
struct signature;
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
    struct facts facts;
    struct reach run; /* the last one */
    unsigned runs;
    double seconds_reach, seconds_facts;
};
double cpu_seconds(void);

/* ---- config.c, products.c, explain.c: what comes out ---- */
void config_write(struct analysis *a); /* unicore.config, config.h */
void init_write(struct analysis *a);   /* init.c */
/* One file of the output folder; b is freed. */
void product_write(const struct analysis *a, const char *name, struct buf *b);
void products_write(struct analysis *a);   /* facts, pick, analyze.json */
bool undefined_report(struct analysis *a); /* true: there were none */
void degraded_facts(struct analysis *a);   /* adds them to the facts */
/* Those of the target's components, and the facts that modules ask for. */
const struct knob **knobs_sorted(struct analysis *a);
bool explain(struct analysis *a, const char *name); /* false: unknown */
/* `>>> ...` lines of the way from the entry, without their mark. */
char **chain_of(struct analysis *a, const struct link *l);
char *where_of(const struct def *d, LLVMValueRef at); /* never NULL */

#endif
