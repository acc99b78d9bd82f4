/* SPDX-License-Identifier: BSD-2-Clause */
/* pool.h: the pool's index and manifests: what could be picked. */
#ifndef UC_POOL_H
#define UC_POOL_H

#include "facts.h"

/* ---- pool.c: the pool's index and manifests ---- */
struct knob {
    char *name; /* without CFG_ */
    struct expr *value;
    bool open; /* by --without: read when the image runs */
};
enum {
    POLL = -1
};
struct init_step {
    char *function;
    int order; /* POLL: not at the start, see uc_poll */
};
struct cut {
    char *function;
    struct expr *unless;
    bool off; /* by --without: never made */
};
struct partial { /* a system call that does not do all that Linux does */
    char *function, *how;
};
struct component {
    char *path, *role;         /* role NULL: a plain library */
    struct expr *when;         /* NULL: always */
    char **platforms, **archs; /* empty: all */
    struct knob *knobs;
    struct init_step *inits;
    struct cut *cuts;
    char **devices;
    struct partial *partial;
    struct pool_module **modules;
    bool fits;           /* `only` admits the target */
    bool forced, banned; /* by the user; because facts contradict it */
};
struct index_def {
    char *name;
    char kind; /* f d w v */
    unsigned bytes;
};
struct module;
struct pool_module {
    char *path;
    struct component *component;
    bool native;
    struct index_def *defs;
    char **refs;
    struct module *loaded; /* NULL: not yet */
    unsigned linked;       /* the run in which it was linked */
};
struct provider { /* who defines a name */
    struct pool_module *module;
    struct index_def *def;
};
struct provider_entry {
    char *key;
    struct provider *value;
};
struct late_entry {
    char *key;
    int value;
};
struct knob_entry {
    char *key;
    struct knob *value;
};
struct pool {
    char *dir;
    struct component **components; /* sorted by path */
    struct provider_entry *names;
    struct late_entry *late;  /* symbols of late.a */
    struct knob_entry *knobs; /* of what fits, and the implied ones */
    struct knob **implied;    /* facts that were asked for as knobs */
};
/* Reads the index, the manifests and late.a; false after an error line. */
bool pool_read(struct pool *p, const char *dir, const char *platform,
               const char *arch);
/* The index alone, from memory (for fuzzing); false after an error line. */
bool pool_parse_index(struct pool *p, const char *path, char *text);
void pool_free(struct pool *p); /* no module of it may be loaded */
bool component_parse(struct component *c, const struct manifest *m);
void component_free(struct component *c); /* what it holds, not c */
struct component *pool_component(const struct pool *p, const char *path);
struct provider *pool_providers(struct pool *p, const char *name);
/* A fact is a knob too: CFG_THREADS is `threads` if no manifest says else. */
struct knob *pool_knob(struct pool *p, const char *name);

#endif
