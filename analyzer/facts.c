/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * facts.c: the vocabulary of facts.def as data, and sets of facts. A set
 * holds one line per fact and detail, the first that was found, so what is
 * printed does not depend on how often something occurs.
 */
#include "facts.h"

#include <stdlib.h>
#include <string.h>

const struct fact_info fact_info[FACT_COUNT] = {
#define FACT(name, meaning, how, symbols) {#name, meaning, how, symbols},
#include "facts.def"
#undef FACT
};

int fact_find(const char *name, size_t n)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (strlen(fact_info[i].name) == n &&
            memcmp(fact_info[i].name, name, n) == 0)
            return i;
    return -1;
}

static bool same_line(const struct fact_line *l, enum fact fact,
                      const char *detail)
{
    if (l->fact != fact || !l->detail != !detail)
        return false;
    return !detail || strcmp(l->detail, detail) == 0;
}

void facts_add(struct facts *f, enum fact fact, const char *detail,
               struct def *function, LLVMValueRef at)
{
    f->on[fact] = true;
    for (size_t i = 0; i < arrlenu(f->lines); i++)
        if (same_line(&f->lines[i], fact, detail))
            return;
    struct fact_line l = {fact, detail ? xstrdup(detail) : NULL, function, at};
    arrput(f->lines, l);
}

void facts_free(struct facts *f)
{
    for (size_t i = 0; i < arrlenu(f->lines); i++)
        free(f->lines[i].detail);
    arrfree(f->lines);
    *f = (struct facts){0};
}

bool facts_equal(const struct facts *x, const struct facts *y)
{
    return memcmp(x->on, y->on, sizeof x->on) == 0;
}

static int by_text(const void *x, const void *y)
{
    const struct fact_line *a = x, *b = y;
    int order = strcmp(fact_info[a->fact].name, fact_info[b->fact].name);

    if (order)
        return order;
    return strcmp(a->detail ? a->detail : "", b->detail ? b->detail : "");
}

void facts_sort(struct facts *f)
{
    if (f->lines)
        qsort(f->lines, arrlenu(f->lines), sizeof *f->lines, by_text);
}

void facts_document(void)
{
    printf("# Facts\n\n"
           "What a program asks of the system, as `unicore-analyze` finds it. "
           "Manifests name\nfacts in `when`, `knob` and `cut`; the file "
           "`facts` among the products lists those\nthat hold, with "
           "evidence.\n\nMade from `analyzer/facts.def` by `unicore-analyze "
           "--facts-doc`.\n");
    for (int i = 0; i < FACT_COUNT; i++) {
        const struct fact_info *f = &fact_info[i];

        printf("\n## %s\n\n%s.\n\nEstablished by: %s.\n", f->name, f->meaning,
               f->how[0] ? f->how : "call");
        if (f->symbols[0])
            printf("\nFunctions: `%s`.\n", f->symbols);
    }
}
