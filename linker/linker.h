/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linker.h: the data of one link and its stages, in the order in which main.c
 * runs them. Every stage returns false after it has printed why.
 */
#ifndef UC_LINKER_H
#define UC_LINKER_H

#include <libelf.h>
#include <llvm-c/Comdat.h>
#include <llvm-c/TargetMachine.h>

#include "common.h"
#include "ir.h"
#include "switch.h"

/* A set or map of names: stb_ds string hash; keys are copied. */
struct name_map {
    char *key;
    const char *value;
};

/* ---- pick.c: the file that the linker obeys (ARCHITECTURE.md) ---- */

struct picked {
    char *path;      /* in the pool folder */
    char *component; /* "" before the first `component` line */
};
struct knob {
    char *key; /* without CFG_ */
    long long value;
};
enum lost_how {
    LOST_CUT,
    LOST_DROP,
    LOST_VALUE /* no function: a value that a call cannot have */
};
struct value { /* what the numbered call in the function returns */
    char *function;
    unsigned number;
    long long value;
    bool checked;
};
struct lost {
    char *name, *why;
    enum lost_how how;
    bool found;
};
struct pick {
    char *platform, *arch;
    struct picked *modules, *objects;
    unsigned *natives;      /* numbers of the app's own objects, from 1 */
    struct knob *knobs;     /* stb_ds string hash */
    struct lost *lost;      /* sorted by name: the index is the fault number */
    struct name_map *nosys; /* functions bound to -ENOSYS */
    struct name_map *late;
    struct name_map *own;     /* functions of the app with a pool name */
    struct name_map *sets;    /* sections that the program walks */
    struct name_map *without; /* switches, and names of knobs */
    struct value *values;     /* by function and number */
    char **devices;
    bool direct;
};
bool pick_parse(struct pick *p, const char *path, const char *text, size_t n);
bool pick_read(struct pick *p, const char *path);
/* The fault number of what is left out, which must be there. */
size_t pick_lost(const struct pick *p, const char *name);
/* The name of its fault, `F#N` (caller frees). */
char *value_name(const struct value *v);
/* The knob's value; missing if there is no such knob. */
long long pick_knob(const struct pick *p, const char *name, long long missing);

/* ---- the link ---- */

struct stage_time {
    const char *name;
    double cpu;
};
struct link {
    /* options */
    const char *pick_path, *pool, *init, *initrd, *out, *trace, *name, *explain;
    char **apps; /* modules, objects, and folders of them */
    bool save_temps, print_dropped;
    bool unwind; /* exceptions can be caught (analyzer/fact_unwind.c) */

    struct pick pick;
    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMTargetMachineRef machine;
    struct name_map *origins;     /* external name → component */
    struct name_map *native_defs; /* symbol → object that defines it */
    struct name_map *native_refs; /* symbol → object that wants it */
    struct name_map *native_weak; /* symbol → object that could do without */
    struct name_map *own_defs;    /* symbol → object of the app */
    struct name_map *own_weak;    /* the same, of weak definitions */
    struct name_map *asm_refs;    /* what assembly in the bitcode names */
    struct name_map *late_defs;   /* symbols of late.a */
    struct name_map *script_defs; /* symbols that image.lds makes */
    struct name_map *forbidden;   /* libcalls that must not be invented */
    struct name_map *unique;      /* functions that ICF must keep apart */
    struct name_map *functions;   /* functions of the merged program → file */
    char **app_modules;           /* bitcode of the app */
    char **objects;               /* native objects, the app's last */
    char *late, *script;          /* late.a or NULL, image.lds */
    LLVMMemoryBufferRef object;   /* what codegen made */
    struct stage_time *times;
};
/* Is the pass left out, by a line `without` in pick? */
bool is_off(const struct link *l, enum switch_name s);
/* printf for --trace=STAGE. */
void trace(const struct link *l, const char *stage, const char *fmt, ...)
    PRINTF(3, 4);

/* ---- native.c: symbols outside of the bitcode ---- */

/* Fills app_modules, objects, native_*, late_defs, script_defs. */
bool native_read(struct link *l);
bool name_in(struct name_map *m, const char *name);
void name_add(struct name_map **m, const char *name, const char *value);

/* ---- merge.c: all modules into one ---- */

bool merge(struct link *l);
/* The component that a symbol's code or data comes from. */
const char *origin_of(struct link *l, const char *symbol);

/* What the modules' top-level assembly defines, into own_* or native_defs. */
void assembly_read(struct link *l, LLVMModuleRef m, const char *component);
/* Assembly in what is left, top-level or in functions, names these. */
void assembly_refs(struct link *l);

/* ---- seal.c, ctors.c: nothing but uc_entry's wants is visible ---- */

bool seal(struct link *l);
void ctors_build(LLVMModuleRef m);
void ifuncs_build(LLVMModuleRef m);

/* ---- fold.c: CFG_ constants ---- */

bool fold(struct link *l);
void fold_absent(struct link *l); /* with --without, after initrd */

/* ---- initrd.c ---- */

/* Embeds the file of --initrd, if given. */
bool initrd(struct link *l);

/* ---- cut.c, sys.c, undefined.c ---- */

bool cut(struct link *l);
LLVMValueRef fault_address(LLVMModuleRef m, size_t n);
bool values_apply(struct link *l);
void sys_direct(struct link *l);
bool sys_bind_missing(struct link *l);
bool undefined_check(struct link *l);

/* ---- lto.c, invent.c: optimisation ---- */

/* *again: a libcall was invented that nothing provides; merge anew. */
void lto_settings(const struct link *l);
bool lto(struct link *l, bool *again);
void invent_forbid(struct link *l);
bool invent_check(struct link *l, bool *again);
bool run_passes(struct link *l, const char *passes);

/* ---- emit.c: the object ---- */

bool emit(struct link *l);

/* ---- image.c: lld, and the stripped copy ---- */

bool image(struct link *l);
/* Where in image.dbg what image has begins: 0, or where headers are not. */
size_t image_start(Elf *e);

/* ---- map.c: every byte of the image; report.c: report.json, dropped ---- */

struct piece {
    uint64_t offset, size; /* in the image file */
    char *section, *symbol;
    const char *component;
    bool whole; /* a section that smaller pieces divide */
};
bool map(struct link *l, struct piece **pieces);
bool report(struct link *l, struct piece *pieces);

/* ---- explain.c: questions about a finished link in dir ---- */

bool explain(const char *dir, const char *name);

#endif
