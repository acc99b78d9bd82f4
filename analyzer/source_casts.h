/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_casts.h: what happens to function pointers in one C file. The C side
 * of source_casts.cc.
 */
#ifndef UC_SOURCE_CASTS_H
#define UC_SOURCE_CASTS_H

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct casts_source {
    const char *const *argv; /* the front-end run that made the bitcode */
    const char *bitcode;
    FILE *out;
};

/*
 * Parses the file in the current folder and writes lines of three fields, the
 * third may be empty, with tabs between them:
 *
 *     flow S D       a function pointer of type S may become one of type D;
 *                    a type is a cfi string, or * for what is not known
 *     name N S       something of the name N has the type S
 *     decl F S       the address of a function F is taken, declared as S
 *     leads A B      who can use A, a function, variable or type, can use B,
 *                    a function type or structure; A is empty: anybody
 *     variable N     a variable that the file defines
 *     function N     a function that the file defines
 *     extern N       a variable that another file should define
 *     unknown WHY    nothing can be said of this file
 *     done           the file is understood
 */
void source_casts(const struct casts_source *source);

#ifdef __cplusplus
}
#endif

#endif
