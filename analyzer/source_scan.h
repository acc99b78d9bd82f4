/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_scan.h: what only the source of a program says: one C file's
 * findings, from clang's parser. The C side of the one C++ file.
 */
#ifndef UC_SOURCE_SCAN_H
#define UC_SOURCE_SCAN_H

#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What was found; `name` and `detail` of its line are given after it. */
enum scan_kind {
    SCAN_FILE,     /* parsed: name the number of functions, detail of errors */
    SCAN_ERROR,    /* the first error: name is the message */
    SCAN_HEADER,   /* not found: the header; < or " */
    SCAN_CALL,     /* a wanted function is named: it; the header that has it */
    SCAN_DEFINES,  /* the program has a wanted function itself: it */
    SCAN_SYSCALL,  /* syscall(): the number, or ? */
    SCAN_FAULT,    /* handler for a fault: the signal; the function */
    SCAN_ASSEMBLY, /* the first word of the assembly, or `barrier` */
    SCAN_GOTO,     /* computed goto */
    SCAN_CAST,     /* function pointer from and to what does not match */
    SCAN_OLD_CALL, /* arguments without a prototype: the function */
    SCAN_VARARG,   /* a function pointer through `...`: its type */
    SCAN_WRAPPER,  /* format attribute: the function; printf or scanf, where */
    SCAN_UNMARKED, /* a parameter is the format, with no attribute: function */
    SCAN_FORMAT,   /* a format that is no literal: the function called */
    SCAN_MACRO,    /* defined by the build: the macro; -D or a file's name */
    SCAN_BRANCH    /* of an #if, from here: the condition; its last line */
};

struct scan_source {
    const char *const *argv; /* as for clang, with the file, NULL-ended */
    const char *system;      /* libc's headers: what is there is no finding */
    bool (*wanted)(const char *function, const char *header);
    FILE *out;
};

/*
 * Parses the file in the current folder and writes a line per finding, fields
 * with a tab after each: kind, file, line, name, detail, and where the macro
 * is written that it comes from: file, line. File names are as the flags
 * spell them, "" for the file itself.
 */
void source_scan(const struct scan_source *source);

#ifdef __cplusplus
}
#endif

#endif
