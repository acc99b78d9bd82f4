/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool.h: the parts of unicore-pool. What the manifest keys mean is in the
 * head of pool.c.
 */
#ifndef UC_POOL_H
#define UC_POOL_H

#include "arch.h"
#include "common.h"

/* One source file to compile, as named in the layers of its component. */
struct unit {
    const char *source; /* relative to the layers: src/stdio/puts.c */
    char *module;       /* in the component: src/stdio/puts.bc */
    char *hash;         /* of everything that the object is made of */
    bool assembly;      /* .s or .S */
    int flags;          /* index into the component's flag sets */
};

struct flag_set {
    char *glob;   /* for these sources; NULL: all others */
    char **flags; /* as clang takes them; folders still named $POOL etc. */
    char **cc1;   /* what the driver makes of them, once asked */
};

enum {
    MAX_LAYERS = 4
};
struct component {
    char *name; /* libpool/libc/musl */
    char *dir;  /* where its manifest is */
    struct manifest manifest;
    const char *native;       /* the product it is for, or NULL: bitcode */
    char *source_id;          /* musl-1.2.3-1, or "" */
    char *prepared;           /* folder made by its `prepare` script, or NULL */
    char *layers[MAX_LAYERS]; /* folders, the first wins; NULL-padded */
    char **files;             /* all relative paths in the layers, sorted */
    struct flag_set *flag_sets;
    struct unit *units;
    char *tree;  /* links to all its files, while it is compiled */
    bool failed; /* does not compile, and --keep-going leaves it out */
};

struct pool {
    const struct arch *arch;
    int jobs;
    bool keep_going;
    struct component *components; /* sorted by name */
};

/* ---- pool_component.c: manifests to units ---- */

/*
 * Finds all components for the arch, or those for one native product; fetches
 * sources, runs `prepare`.
 */
void component_all(struct pool *p, const char *product);
/* The object's extension: "bc", or "o" for native code. */
const char *unit_ext(const struct component *c, const struct unit *u);
bool component_is_native(const struct component *c, const char *product);
struct component *component_find(const struct pool *p, const char *name);
/* The real path of a relative one, or NULL. Caller frees. */
char *component_resolve(const struct component *c, const char *relative);
/* Words of s, split at blanks (stb_ds array). */
char **split_words(const char *s);

/* ---- pool_flags.c: compiler flags ---- */

/* Fills c->flag_sets. */
void flags_make(struct component *c);
/* $ARCH, $POOL, $ROOT, $UAPI, $HEADERS(component) replaced; caller frees. */
char *component_expand(const struct pool *p, const char *flag);
/* A folder with the kernel's headers only. */
const char *uapi_folder(const struct pool *p);

/* ---- pool_scan.c: what an object depends on ---- */

/* Sets unit.hash of all units of c. */
void scan_component(const struct pool *p, struct component *c);

/* ---- pool_compile.c: objects, in parallel ---- */

/* Compiles all bitcode, or a product's native components, where missing. */
void compile_all(struct pool *p, const char *product);
/* <cache>/obj/xx/<hash>.<ext>; caller frees. */
char *object_path(const char *hash, const char *ext);
const char *compiler_version(void);

/* ---- pool_index.c: what a module defines and needs ---- */

/* The `def` and `ref` lines of one object, sorted. Dies on a bad file. */
void index_bitcode(struct buf *out, const char *path);
void index_object(struct buf *out, const char *path);

/* ---- pool_calls.c: names of system calls ---- */

/* Exits with an error if the pool asks for one that does not exist. */
void calls_check(const struct buf *index);

/* ---- pool_late.c, pool_sysroot.c ---- */

/* Makes an archive of a product's native objects and of other archives. */
void archive_make(struct pool *p, const char *product, const char *path,
                  const char *commands);
/* The compiler's runtime library for the arch. Caller frees. */
char *runtime_library(const struct pool *p);
/* The native archive of pure functions; its path in the cache. */
char *late_archive(struct pool *p);
/* Builds what is missing; the folder. */
char *sysroot_build(struct pool *p, const char *libc);

/* ---- pool_plus.c: libc++, its ABI and libunwind ---- */

/* Builds them with unicore-c++ against the sysroot, if missing; the folder. */
char *plus_build(const struct pool *p, const char *sysroot);

#endif
