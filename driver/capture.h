/* SPDX-License-Identifier: BSD-2-Clause */
/* capture.h: from what a user names to the bitcode of one program. */
#ifndef UC_CAPTURE_H
#define UC_CAPTURE_H

#include <stdbool.h>

struct capture_request {
    char **apps;     /* stb_ds array: several files, or one of the others */
    const char *bin; /* which of the programs that a tree builds, or NULL */
    const char *build_options; /* for configure or make, or NULL */
    const char *arch;          /* "x86_64" */
    const char *libc;          /* whose headers: "musl" or "newlib" */
    int jobs;
    bool find; /* only if it is built already; else false, in silence */
};

/* All in the cache; modules in link order, as files of bitcode. */
struct capture_result {
    char *name;     /* the program's */
    char *dir;      /* the folder that holds modules and native */
    char **modules; /* stb_ds array of paths */
    char **natives; /* stb_ds array: objects without bitcode (assembly) */
    char *native;   /* the program, built for Linux; it runs */
    char *log;      /* of the build */
    char *commands; /* the recorded compiler commands, one a line */
    char *arch, *libc;
    char *sysroot; /* whose headers the modules were compiled with */
    int jobs;
    bool prebuilt; /* some of it was not compiled here */
    char *casts;   /* by capture_casts, or NULL */
};

/* Builds what the request names, or finds it built. False: said why. */
bool capture_app(const struct capture_request *req,
                 struct capture_result *result);

/*
 * The modules for another libc: the same where both have one sysroot, else
 * every module recompiled from its recorded command against the headers of
 * that libc. False, in silence, if one of them does not compile.
 */
bool capture_replay(const struct capture_result *result, const char *libc,
                    char ***modules);

/*
 * The file of the program's casts of function pointers, made once; it may say
 * that they are not known. NULL: there can be none. With -v, says why.
 */
char *capture_casts(const struct capture_result *result);

#endif
