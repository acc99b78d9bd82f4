/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.h: the parts of --explain: what is in, why, and what it costs. */
#ifndef UC_EXPLAIN_H
#define UC_EXPLAIN_H

#include "analyzer.h"

/* ---- graph.c: all ways to a definition, and what it goes with ---- */
void graph_note(struct analysis *a, struct symbol *to, enum ref_kind kind,
                struct link l);
/* Runs once more; fills node and goes_with of all that is reached. */
void graph_solve(struct analysis *a);

/* ---- reached.c: the product of that name, after graph_solve ---- */
void reached_write(struct analysis *a);

/* ---- saving.c: bytes in the image, and without something ---- */
struct sizes {
    unsigned long file, memory; /* memory: zeros that the file does not hold */
};
struct sizes_entry {
    char *key;
    struct sizes value;
};
struct map_piece {
    char *section, *component, *symbol;
    unsigned long bytes;
    bool zero;
};
struct image_map {
    struct map_piece *pieces;
    struct sizes_entry *sizes; /* by symbol, and by component and symbol */
    unsigned long bytes;
};
struct saving {
    struct sizes bytes;
    unsigned long inlined; /* estimate of functions without bytes in the map */
    struct def **gone;
    char **late; /* names of late.a that are no longer wanted */
};
void map_read(struct analysis *a); /* --map, if it is given; else estimates */
struct sizes sizes_of(const struct analysis *a, const struct def *d);
/* Of a component, as the map has it; 0 without a map. */
unsigned long map_bytes(const struct analysis *a, const char *component);
bool is_zero(const struct def *d);        /* data in memory only */
char *map_component(const struct def *d); /* "app", or the component's path */
/* Settles without w and these definitions, counts, and is back as before. */
struct saving saving_without(struct analysis *a, struct question w,
                             struct def **banned);
/* "unless fork holds", "if the knob X is 0": each would drop d by itself. */
char **saving_conditions(struct analysis *a, const struct def *d);
/* Of each function, how many go with it: by graph.c, and by a run without. */
void saving_trace(struct analysis *a);

/* ---- explain.c: definitions, components; words for all ---- */
/* "called by" and the place, without the name of the definition. */
const char *how_of(const struct link *l);
char *place_of(const struct def *d, LLVMValueRef at); /* NULL: unknown */
const char *home_of(const struct def *d); /* "the program", or a component */
void print_chain(struct analysis *a, const struct link *l);
/* Who outside refers to what is in; `in` says of a definition whether. */
void print_references(struct analysis *a,
                      bool (*in)(const struct def *d, const void *what),
                      const void *what);
/* `note: IF saves N bytes`: the largest parts; frees what s holds. */
void print_saving(struct analysis *a, struct saving *s, const char *condition);

/* ---- explain_parts.c: sections, files, knobs, facts, all bytes ---- */
bool explain_section(struct analysis *a, const char *name);
bool explain_file(struct analysis *a, const char *name);
bool explain_knob(struct analysis *a, const char *name);
bool explain_fact(struct analysis *a, const char *name);
void explain_bytes(struct analysis *a);
/* A definition's source file as the compiler was told it; *n: its length. */
const char *file_of(const struct def *d, size_t *n);

/* ---- explain_sources.c: what the source scan found, --findings ---- */
bool explain_sources(const struct analysis *a, const char *name);

#endif
