/* SPDX-License-Identifier: BSD-2-Clause */
/* corpus.h: the programs of corpus/apps, and what corpus/run makes of them. */
#ifndef UC_CORPUS_H
#define UC_CORPUS_H

/* A copy of the name; dies if the corpus has no such program. */
char *corpus_program(const char *name);
/* All of them, sorted (stb_ds array). */
char **corpus_programs(void);
/* The folder of a program's products for a target, below the OUT that
 * corpus/run was given; NULL: there are none. */
char *corpus_products(const char *out, const char *program, const char *target);

#endif
