/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.h: modules, definitions and names, and what these refer to.
 *
 * Modules are never merged here: the parts of the program are `struct def`
 * (a function or variable of one module), names tie them together as in a
 * static link. Fields under "state of one run" are reach.c's.
 */
#ifndef UC_PROGRAM_H
#define UC_PROGRAM_H

#include "pool.h"

struct analysis;

/* ---- load.c: modules, their definitions, names ---- */
enum def_kind {
    DEF_FUNCTION,
    DEF_DATA,
    DEF_ALIAS,
    DEF_NATIVE
};
enum how { /* why a definition is in; also the words of chains */
    HOW_ROOT,
    HOW_CALL,
    HOW_INDIRECT,
    HOW_ADDRESS,
    HOW_USE,
    HOW_DATA,
    HOW_INIT,
    HOW_CTOR,
    HOW_NATIVE,
    HOW_ALIAS
};
/* Where a function's address is put: anywhere, into one field, or nowhere. */
enum {
    SLOT_ANY = 0,
    SLOT_NONE = -1
};
#define SLOT(number) ((number) + 1)
struct link { /* how something was first found */
    struct def *from;
    LLVMValueRef at; /* instruction in from, or NULL */
    enum how how;
    int slot; /* of an address */
};
struct symbol {
    char *name;        /* as in the merged program */
    struct def **defs; /* in loaded modules, in order of loading */
    bool local;
    /* state of one run */
    unsigned run;                    /* the rest is of this run */
    struct def *chosen;              /* the definition in force, or NULL */
    struct link called, taken, weak; /* first references, if is_... */
    bool is_called, is_taken, is_weak, is_undefined, is_cut, is_late;
    bool is_linked;    /* a linked module of the pool defines it */
    unsigned fact_run; /* the run in which it was a libcall */
};
/* What is known of a value in one run: value.c. */
struct known {
    enum {
        NOT_YET,
        KNOWN,
        VARIOUS
    } state;
    unsigned bits;
    unsigned long long value; /* zero-extended from bits */
};
struct body;
struct call {
    struct def *from;
    LLVMValueRef at;
};
struct def {
    struct symbol *symbol;
    struct module *module;
    LLVMValueRef ir; /* NULL: native */
    enum def_kind kind;
    bool weak;
    unsigned bytes;
    struct body *body; /* what it refers to; made when first needed */
    int signature;     /* function: index in indirect.c, -1 not yet */
    /* state of one run */
    unsigned run, taken_run;
    struct link found, taken_by;
    bool taken_free;                /* not only in fields */
    int *fields;                    /* numbers of slots that hold its address */
    bool taken_by_app, handed_over; /* to native code */
    struct call *callers;           /* direct calls in reached blocks */
    bool *live, *worked;            /* per block of the body */
    struct known result;            /* what it returns */
    struct def **askers;            /* whom a change of that concerns */
    bool queued, asks_pointers;
    /* of graph_solve */
    int node, *goes_with; /* index in run.reached; of those whose going it
                             does not survive */
    unsigned references, takers, pointer_calls; /* ways to it */
    bool banned; /* for a question: as if it were not there */
};
struct module {
    char *path, *tag;         /* path as given, or in the pool */
    struct pool_module *pool; /* NULL: of the app */
    LLVMModuleRef ir;         /* NULL: native */
    struct def **defs;
    struct symbol **ctors, **used, **assembly;
    bool assembly_read;
    struct symbol **refs, **weak_refs; /* native: what it wants */
    unsigned number;                   /* native, of the app: from 1 */
    unsigned picked; /* the run in which something of it was reached */
};
struct value_entry {
    LLVMValueRef key;
    struct symbol *value;
};
struct symbol_entry {
    char *key;
    struct symbol *value;
};
struct set { /* a section that code can walk */
    struct symbol **members;
    unsigned run; /* the run in which it was referred to */
};
struct set_entry {
    char *key; /* the section's name */
    struct set value;
};
struct program {
    LLVMContextRef context;
    struct symbol_entry *names; /* external symbols */
    struct value_entry *values; /* global values of all loaded modules */
    struct set_entry *sets;
    struct module **modules;
    unsigned natives; /* native objects of the app */
    bool own;         /* its bitcode is our compiler's: not verified */
    double seconds_load, seconds_mem2reg;
};
/* Reads a module of the program; load_app_done enters them all. */
bool load_app(struct program *p, const char *path);
void load_app_done(struct program *p);
/* Rewrites the bitcode among these files (stb_ds array) in SSA form. */
bool load_promote(char **paths);
struct module *load_pool(struct program *p, const struct pool *pool,
                         struct pool_module *m);
struct symbol *symbol_named(struct program *p, const char *name); /* makes */
struct symbol *symbol_of(struct program *p, LLVMValueRef global);
/* The symbol's name without its tag (caller frees). */
char *symbol_plain(const struct symbol *s);
bool is_app(const struct def *d);

/* ---- sets.c: sections that are walked by __start_NAME, __stop_NAME ---- */
/* Nothing if the section's name is not one of those. */
void set_add(struct program *p, const char *section, struct symbol *member);
/* The set that a symbol of that name is a border of, or NULL. */
struct set *set_named(struct program *p, const char *symbol);

/* ---- callgraph.c: what a definition refers to ---- */
enum ref_kind {
    REF_CALL,
    REF_ADDRESS,
    REF_COMPARE,
    REF_WEAK,      /* an address */
    REF_WEAK_CALL, /* these two need no definition */
    REF_NATIVE     /* by assembly: any of these */
};
struct ref {
    enum ref_kind kind;
    struct symbol *symbol;
    LLVMValueRef at; /* NULL in data */
    int block, slot;
};
struct site { /* an indirect call */
    LLVMValueRef at;
    int block, signature;
    int *slots;           /* fields that its target may be loaded from */
    bool anywhere;        /* it may be loaded from any field */
    unsigned various_run; /* the run in which its result was found various */
};
struct move { /* a field's value goes to another one, or anywhere */
    int from, to, block;
};
struct block {
    size_t ref, site, move; /* the first of the body's that stands in it */
    LLVMValueRef terminator;
    LLVMValueRef asked; /* its condition, or what it returns; or NULL */
    bool various;       /* that is, in any run */
    bool returns, returns_by_assembly;
    bool unwinds; /* its second successor is a landing pad */
    int *next;
};
struct body {
    struct ref *refs;
    struct site *sites;
    struct move *moves;
    struct block *blocks; /* of a function: all */
    struct block_entry *numbers;
    bool assembly;          /* has some, which may call what it is given */
    LLVMValueRef vector_at; /* the first operand that is a vector */
    LLVMValueRef *float_at; /* the first floating point operand of each block */
};
struct block_entry {
    LLVMBasicBlockRef key;
    int value;
};
struct body *body_of(struct analysis *a, struct def *d);
/* The symbols that m's module-level assembly names. */
struct symbol **asm_of_module(struct analysis *a, struct module *m);

/* ---- value.c: what is always the same number or null ---- */
struct view { /* a function as it is looked at */
    struct analysis *a;
    struct def *asker, *d; /* to be worked again if an answer changes; of v */
    bool *live;            /* per block of d */
    const struct known *args; /* NULL: those of any call */
    int calls, budget;
};
struct known value_of(struct view *w, LLVMValueRef v);
/* Will a value in a live block of d be various in any run, any view? */
bool value_is_various(const struct def *d, LLVMValueRef v);
struct known known_join(struct known x, struct known y);
long long known_signed(struct known k);
/* May it be looked at with the arguments of a call? */
bool value_is_small(const struct def *d);

/* ---- branch.c: which blocks can run ---- */
/* Lays out the blocks of d's body. */
void branch_prepare(struct def *d);
/* Adds live blocks; true if there were some. */
bool branch_flow(struct view *w);
bool branch_is_live(const struct view *w, LLVMBasicBlockRef block);
/* What the live blocks return. */
struct known branch_result(struct view *w);
/* The same for d as it is called by anybody: adds to d->live. */
bool branch_live(struct analysis *a, struct def *d);
struct known branch_returns(struct analysis *a, struct def *d);

/* ---- indirect.c: which functions an indirect call may reach ---- */
enum level {
    LEVEL_ANY,
    LEVEL_TYPE,
    LEVEL_EXACT,
    LEVEL_SLOT
};
/* Signatures are small numbers, the same for sites of one type. */
/* app: of the program's code. */
int signature_of_call(struct analysis *a, LLVMValueRef call, bool app);
int signature_any(struct analysis *a);     /* a call of anything */
int signature_handler(struct analysis *a); /* of a signal handler */
bool signature_is_any(const struct analysis *a, int site);
/* Of a function by its declaration; app: it is the program's. */
int signature_of_declared(struct analysis *a, LLVMValueRef function, bool app);
bool signature_fits(struct analysis *a, int site, int function,
                    bool taken_by_app);
/* May a call of this signature reach function d? */
bool signature_match(struct analysis *a, int site, struct def *d,
                     bool taken_by_app);
/* d got another declared type: its next match looks at all of them. */
void signature_renew(struct def *d);
const char *level_name(enum level l);
bool level_parse(const char *s, enum level *l);

#endif
