/* SPDX-License-Identifier: BSD-2-Clause */
/* facts.h: the vocabulary of facts, sets of them, expressions over them. */
#ifndef UC_FACTS_H
#define UC_FACTS_H

#include "common.h"
#include "ir.h"

/* ---- facts.c: the closed vocabulary ---- */
enum fact {
#define FACT(name, meaning, how, symbols) FACT_##name,
#include "facts.def"
#undef FACT
    FACT_COUNT
};

struct fact_info {
    const char *name, *meaning, *how, *symbols;
};
extern const struct fact_info fact_info[FACT_COUNT];
int fact_find(const char *name, size_t n); /* -1: no such fact */
void facts_document(void);                 /* docs/FACTS.md on stdout */

struct def;
/* One line of `facts`: a fact, perhaps with a detail, and where it shows. */
struct fact_line {
    enum fact fact;
    char *detail;         /* NULL: none */
    struct def *function; /* NULL: an option */
    LLVMValueRef at;      /* instruction; NULL: the definition itself */
};
struct facts {
    bool on[FACT_COUNT];
    struct fact_line *lines; /* stb_ds array */
};
/* Adds a line unless the same fact and detail are there already. */
void facts_add(struct facts *f, enum fact fact, const char *detail,
               struct def *function, LLVMValueRef at);
void facts_free(struct facts *f);
bool facts_equal(const struct facts *x, const struct facts *y);
void facts_sort(struct facts *f);

/* ---- expr.c: expressions over facts, as in manifests ---- */
struct expr;
/* NULL after `error: where: ...`. `text` is kept for messages. */
struct expr *expr_parse(const char *where, const char *text);
long expr_value(const struct expr *e, const struct facts *f);
const char *expr_text(const struct expr *e);
bool expr_uses(const struct expr *e, enum fact fact);
void expr_free(struct expr *e);

#endif
