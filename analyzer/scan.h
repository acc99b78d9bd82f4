/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan.h: the parts of unicore-scan. Findings come from one process per file
 * (scan_run.c), are judged by what the pool has (scan_pool.c), and become
 * rows in three lists (scan_report.c).
 */
#ifndef UC_SCAN_H
#define UC_SCAN_H

#include "common.h"
#include "source_scan.h"

struct options {
    const char *pool, *sysroot;
    const char *program; /* folder of a captured build's *.command, or NULL */
    const char *casts;   /* the file for the casts of it, or NULL */
    const char *ports;   /* folder of the ports */
    const char *name;    /* what the program is called in the report */
    bool json, all;      /* all: every place, not the first ones */
    int jobs;
};

/* ---- scan_files.c: which files, with which flags ---- */

struct source_file {
    char *path;        /* absolute */
    char *cwd;         /* where its flags hold */
    const char **argv; /* for clang, NULL-ended stb_ds array */
    long long bytes;
};
struct tree {
    char *root;
    struct source_file *files; /* stb_ds array, the largest first */
    const char *how;           /* where the flags come from */
    size_t skipped;            /* files of tests and examples */
};
/* Folders, or .c files; dies if one of them is not there. */
void files_find(struct tree *t, const struct options *o, char **inputs);
/* True if a file of this name that is no .c file is in a folder below it. */
bool files_has(const char *name);

/* ---- scan_run.c: a process per file ---- */

struct scan_work {
    /* In a process of its own; false: it could not run. */
    bool (*parse)(void *data, size_t i, FILE *out);
    /* What it wrote, to be kept or freed; why it died, or NULL. */
    void (*collect)(void *data, size_t i, char *text, char *why);
    void *data;
};
void scan_each(const struct scan_work *w, size_t n, int jobs);

struct finding {
    enum scan_kind kind;
    int line, macro_line;
    char *file, *name, *detail;   /* file: relative to the root, if below it */
    char *macro_file;             /* of the macro that it comes from */
    const char *condition, *text; /* by text_add */
};
/* Sorted, without repetitions; files that died have a SCAN_ERROR. */
struct finding *run_all(const struct tree *t, const struct options *o);

/* ---- scan_text.c: the line of a finding, and what it stands under ---- */

void text_add(const struct tree *t, struct finding *list);
/* True if some #if of the program names the macro. */
bool text_is_tested(const char *macro);

/* ---- scan_pool.c: what the pool has, for kvm ---- */

void scan_pool_read(const struct options *o);
/* System calls, after blanks, that a libc function takes and kvm lacks; or ""
 */
const char *scan_pool_missing(const char *function);
bool scan_pool_has_call(const char *name); /* a system call, without uc_sys_ */
/* What the header's functions are about ("threads"), or NULL. */
const char *scan_class(const char *function, const char *header);
bool scan_wanted(const char *function, const char *header);
/* The port that a header would come from, or NULL. Caller frees. */
char *scan_port(const char *ports, const char *header);

/* ---- scan_report.c: rows of the report ---- */

struct place {
    const char *file, *condition, *text; /* condition: "" if none */
    int line;
};
struct row {
    char *what, *name, *why; /* "processes", "popen", "no clone3, execve" */
    struct place *places;    /* stb_ds array, sorted */
};
struct report {
    struct row *needs, *degraded, *notes, *macros;
    struct row *unparsed; /* name: the file; why: the error */
    size_t files, parsed, functions;
};
void report_make(struct report *r, const struct tree *t,
                 const struct options *o, struct finding *list);
void report_print(const struct report *r, const struct tree *t,
                  const struct options *o);

/* ---- scan_casts.c: what becomes of function pointers in a program ---- */

/* Scans o->program into o->casts, whole or not at all. */
void casts_write(const struct options *o);

/* ---- scan_json.c ---- */

void report_json(const struct report *r, const struct tree *t,
                 const struct options *o);

#endif
