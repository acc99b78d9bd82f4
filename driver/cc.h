/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc.h: the compiler wrapper. A command is parsed once into struct arg items;
 * each step (native compile, front end, link) takes the items it needs.
 */
#ifndef UC_CC_H
#define UC_CC_H

#include <sys/types.h>

#include "arch.h"
#include "common.h"

/* ---- cc_args.c: command lines ---- */

enum use {
    USE_COMPILE, /* both compiles */
    USE_NATIVE,  /* the native compile only: -MD and the like */
    USE_LINK,    /* the link: text is in the linker's own spelling */
    USE_LIB,     /* the link: value is the X of -lX */
    USE_SOURCE,  /* an input to compile; lang says how */
    USE_INPUT,   /* an input of the linker */
    USE_DROP,    /* means nothing here: -flto, -pie, host folders */
};

struct arg {
    enum use use;
    const char *text;
    const char *value; /* the next word of the command, or NULL */
    const char *lang;  /* of a source: as after -x */
};

enum mode {
    MODE_LINK,
    MODE_OBJECT, /* -c */
    MODE_TEXT,   /* -E, -S, -M, questions: one run of clang answers */
};

struct command {
    struct arg *args; /* stb_ds array */
    enum mode mode;
    const char *output; /* -o, or NULL */
    int sources, inputs;
    bool shared, relocatable, verbose;
    bool no_start, no_libs, no_headers;
    bool pic;  /* -fPIC or the like was given */
    bool deps; /* -MD or -MMD without -MF */
};

/* Replaces each @file by its words, as GNU tools read them. */
char **args_expand(char **argv); /* NULL-ended stb_ds array */
void args_parse(struct command *c, char **argv);
/* Does the front-end run take this compile flag? */
bool args_front_end(const struct arg *a);
/* A folder of the host, whose headers and libraries are not the target's. */
bool args_host_dir(const char *path);
/* The object that `-c source` makes: x/y.c gives y.o. */
char *args_object_name(const char *source, const char *suffix);

/* ---- cc.c: the environment of a run ---- */

struct cross {
    const struct arch *arch;
    const char *sysroot;
    const char *commands; /* file that logs the commands, or NULL */
    char *tmp;            /* a private folder, removed at exit */
};
extern struct cross cross;
const char *cross_tmp(void); /* makes the folder */
_Noreturn void cross_exec(const char **argv);
/* Starts argv (NULL-ended stb_ds array); out: NULL or a file for 1 and 2. */
pid_t cross_start(const char **argv, const char *in, const char *out);
int cross_wait(pid_t pid);

/* ---- cc_compile.c ---- */

/* Adds --target and the sysroot's headers to argv. */
void compile_base(const char ***argv, const struct command *c);
/* Compiles one source to a fat object; returns clang's exit status. */
int compile_source(const struct command *c, const struct arg *source,
                   const char *object);
/* All sources of a command with -c, each to its object; the first status. */
int compile_objects(const struct command *c);

/* ---- cc_link.c ---- */

int link_command(const struct command *c);
_Noreturn void link_ld(char **argv); /* unicore-ld */

/* ---- plus.c: unicore-c++, which alone has it ---- */

__attribute__((weak)) int plus_command(char **argv);

/* ---- cc_tools.c: ar, strip, as, pkg-config ... ---- */

/* Runs the twin called name; returns if there is none of this name. */
void tools_run(const char *name, char **argv);

/* ---- attach.c ---- */

/* Adds the section .unicore to an object; a whole object or nothing. */
bool attach_section(const char *object, const struct buf *records);
/* Gives an object without records one that holds the object itself. */
bool attach_native(const char *object, const struct buf *command);

#endif
