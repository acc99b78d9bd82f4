/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialize.h: one run of unicore-specialize: its options, the targets, and
 * the stages a program goes through for each of them.
 */
#ifndef UC_SPECIALIZE_H
#define UC_SPECIALIZE_H

#include "capture.h"
#include "common.h"

struct target {
    char *name; /* "kvm-x86_64" */
    char *platform, *arch;
};

struct options {
    struct target *targets;    /* stb_ds array */
    const char *out;           /* where products go */
    const char *bin;           /* --bin, or NULL */
    const char *build_options; /* --build-options, or NULL */
    const char *args;          /* --args, or NULL */
    const char *ip;            /* --ip, or NULL */
    const char *net;           /* --net: NULL, tap or pci */
    const char *root;          /* --root, or NULL */
    bool disk, share;          /* the root file system is there instead */
    const char *libc;          /* "auto", "musl" or "newlib" */
    const char *explain;       /* --explain, or NULL */
    const char **choose;       /* --choose ROLE=COMPONENT, stb_ds array */
    const char **assume;       /* --assume FACT, stb_ds array */
    const char **without;      /* --without NAME, stb_ds array */
    bool strict, print_dropped, save_temps;
    bool iso;        /* --iso */
    bool scan, json; /* --scan, and its form */
    int jobs;
};

/* One program for one target; everything else is derived from it. */
struct job {
    const struct options *opt;
    const struct target *target;
    const struct capture_result *app;
    const char *pool;     /* of the target's arch */
    char *dir;            /* out/<app>/<target>: the products */
    char *work;           /* where they are made */
    const char *findings; /* file of findings_of, or NULL */
};

/* ---- stage.c: each stage runs one command; false: it has said why ---- */

/* Lists what --without can name for the target; false: it has said why. */
bool stage_help_without(const struct target *t);
/*
 * Makes all products of n jobs of one program below their dirs, opt->jobs at a
 * time; false: of some nothing is there, and it was said why.
 */
bool stage_all(const struct job *jobs, size_t n);
/* Prints what the finished job's image is without, and why. */
void stage_print_dropped(const struct job *job);
/* Prints what --explain asks about a finished job. */
bool stage_explain(const struct job *job);

/* ---- publish.c: products appear whole or not at all ---- */

/* Makes the folder to work in, empty. */
char *work_open(const char *dir);
/* Removes what is left of those folders; so does this process's exit. */
void work_close(void);
/* Puts the finished folder where the old one was; false: it has said why. */
bool publish(const char *made, const char *dir);

/* ---- page.c: report.html, from the products in dir ---- */

void page_write(const char *dir, const char *findings);

/* ---- scan.c: --scan: what the sources say, without a build ---- */

/* One program: .c files, or a folder or deb:NAME. False: it has said why. */
bool scan_app(const struct options *o, char **apps);
/* To scan what was captured, as JSON, NULL-ended; NULL: it has no sources. */
const char **scan_command(const struct options *o, char **apps,
                          const struct capture_result *app, const char *pool);

/* ---- findings.c: the same for every run, kept with the captured program ---
 */

struct json_t;
/* The file, made if it is not there; NULL: no sources, or no answer. */
char *findings_of(const struct options *o, char **apps,
                  const struct capture_result *app, const char *pool);
/* One note a kind of what matters; all places with -v. */
void findings_tell(const char *app, const char *path);
struct json_t *findings_json(const char *path); /* [line, [evidence...]]... */

/* ---- initrd.c: the root file system of --root ---- */

/* Writes the folder as a cpio archive to path; false: it has said why. */
bool initrd_write(const char *root, const char *path);

/* ---- iso.c: --iso: a CD that starts the image ---- */

#define ISO_TARGET "bare-x86_64"
/* Makes image.iso of the image in dir; false: it has said why. */
bool iso_write(const char *dir, const char *name);

/* ---- domain.c: the image as xl and libvirt start it ---- */

/* Writes image.xl or image.xml, if the target has it, into dir. */
void domain_write(const struct job *job, const char *dir);

/* ---- target.c: the targets that exist are the platform folders ---- */

/* Parses "a,b" or "all"; dies on an unknown target, naming the known. */
struct target *targets_parse(const char *list);
/* The folder of an arch's pool, which is built if need be; NULL: it said why.
 */
char *pool_dir(const char *arch);

/* ---- summary.c: the table at the end, read from the reports ---- */

struct summary_row {
    const char *app, *target, *report; /* report: path of report.json */
};
void summary_print(const struct summary_row *rows, size_t n);
/* Warns of what the programs will not get, with the chains. */
void summary_degraded(const struct summary_row *rows, size_t n);
/* --strict: is the analysis in dir of a degraded program? Says so. */
bool strict_refuses(const struct job *job, const char *dir);

#endif
