/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build.h: builds of a private copy of the user's tree, one file for each
 * build system, and what capture does around them.
 */
#ifndef UC_BUILD_H
#define UC_BUILD_H

#include "common.h"

struct build {
    const char *name; /* of the app, for messages */
    const char *arch;
    const char *sysroot, *common; /* with the program's libraries; without */
    const char *bin;              /* the program that is meant, or NULL */
    const char *options;          /* words for configure or make, or NULL */
    char *prefix;                 /* of a library: where it is installed */
    char **libs_tried;            /* packages, stb_ds array */
    int depth;                    /* a library's library: 2 */
    /* Is there now what the build is for? */
    bool (*wanted)(const struct build *b);
    char *dir;  /* the cache entry: work/, log, commands */
    char *work; /* the copy of the tree */
    char *log, *commands;
    const char **env; /* NULL-ended: the cross environment */
    int jobs;
    bool plus;       /* there are sources in C++ */
    bool find;       /* build nothing */
    bool prebuilt;   /* some of its bitcode was not compiled here */
    bool debian;     /* a Debian source package */
    bool configured; /* options went to configure, and not to make */
    bool failed;     /* some step failed, though programs may be there */
};

struct program {
    char *name, *path;
};

/* ---- build_tree.c: trees of files, and steps in them ---- */

void tree_hash(struct hash *h, const char *dir);
void tree_copy(const char *from, const char *to);
/* Executables below dir that carry records, by name; the shallowest wins. */
struct program *tree_programs(const char *dir);
/* True if dir has objects that an earlier build left. */
bool tree_has_objects(const char *dir);
/* Runs a command in cwd, all it says in the log; its exit status. */
int build_step(const struct build *b, const char *cwd, const char *const *argv);
void build_environment(struct build *b);

/* ---- build_any.c: by whatever build system it has ---- */

/* Builds the tree in b->work, from dir. False: nothing useful came of it. */
bool build_any(struct build *b, const char *dir);

/* ---- build_plus.c: C++ ---- */

/* Is it in C++, by its name? In a tree: is one of its files? */
bool plus_is_source(const char *path);
bool plus_in_tree(const char *dir);
/* The compiler for a source: "unicore-cc" or "unicore-c++". */
const char *plus_compiler(const char *path);
/* May an entry be used that was made with the libc++ that it notes? */
bool plus_entry(const struct build *b, bool failed);
void plus_note(const struct build *b); /* notes in a new entry which one */
/* UNICORE_PLUS for the build's environment. */
char *plus_variable(const struct build *b);

/* ---- build_libs.c ---- */

/*
 * Gives the program a library that its build, as the log has it, misses; true
 * if there is one more, so that it is worth building again.
 */
bool libs_add(struct build *b, const char *dir);
/* From now on the program's sysroot has what lies below the folder, too. */
void libs_add_folder(struct build *b, const char *prefix);
/* Has it been added, or found to be of no use? A package, or a header. */
bool libs_tried(const struct build *b, const char *name);

/* ---- build_headers.c ---- */

/* The same, as libs_add, with what musl's headers lack and glibc's have. */
bool headers_add(struct build *b);

/* ---- build_xen.c ---- */

/* The same if the header that is missing is of Xen's libraries. */
bool xen_add(struct build *b, const char *header);

/* ---- build_<system>.c: false: nothing useful came of it ---- */

/* make distclean, else clean: what another compiler made must go. */
void build_clean(const struct build *b, const char *dir);
bool build_make(struct build *b, const char *dir);
/* The library of the first header or -l that the log misses, or NULL. */
char *build_missing(const struct build *b);
/* The last lines of the log. */
char *build_last_words(const struct build *b, int lines);
/* Appends what the user wants passed to configure or make. */
void build_put_options(const struct build *b, const char ***argv);
/* script: "configure", or another that is used alike. */
bool build_autotools(struct build *b, const char *dir, const char *script);
/* Makes configure anew; false if this machine cannot. */
bool build_autoreconf(const struct build *b, const char *dir);
/* A file that answers configure's questions about libc (build_site.c). */
char *build_site(const struct build *b);
bool build_cmake(struct build *b, const char *dir);
bool build_meson(struct build *b, const char *dir);
/* Links .c, .o, .a and .bc files to work/<name>; cwd: where their names hold */
bool build_files(struct build *b, const char *cwd, char **files);

/* ---- build_patches.c ---- */

/*
 * Takes the patches off a Debian tree that only debian/rules can build;
 * false if there are none.
 */
bool build_unpatch(const struct build *b);

/* ---- capture_extract.c: the records of an executable ---- */

/* What an ELF file is: 1 has records, 0 none, -1 not one of arch (said). */
int extract_check(const char *path, const char *arch);
/* The same for bitcode by itself; false: said why. */
bool extract_check_bitcode(const char *path, const char *arch,
                           const char *name);
/* The same for all modules in a folder. */
bool extract_check_modules(const char *dir, const char *arch, const char *name);
/* Fills the folder `to` with native, NNN.bc, NNN.o, NNN.command. */
bool extract_program(const struct program *p, const char *to);

/* ---- capture.c ---- */

/* Of what every entry depends on besides its sources. */
struct hash *build_hash(const struct build *b);

/* ---- capture_entry.c: the cache entry of a build ---- */

struct capture_request;
struct capture_result;

/* Locks the entry; *done if it is there. Else it is empty, to be filled. */
struct lock *entry_open(struct build *b, struct hash *h, bool *done);
void entry_done(const struct build *b);
/* The program that is meant: bin, else the app's; NULL: not clear, or none. */
struct program *entry_choose(const struct build *b, const char *bin,
                             struct program *list);
/* The program's modules, taken out of the executable once. */
bool entry_deliver(const struct build *b, const struct capture_request *req,
                   struct program *list, struct capture_result *r);

/* ---- capture_replay.c ---- */

/* The sysroot of a libc, built if missing; NULL: unicore-pool said why. */
char *capture_sysroot(const char *arch, const char *libc);

/* ---- capture_log.c: why a build failed ---- */

/* Prints the error, the compiler's words, the cure, and where the log is. */
void log_explain(const struct build *b);

#endif
