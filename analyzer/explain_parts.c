/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain_parts.c: --explain for what is no definition: sections, source
 * files, knobs, facts; and BYTES, the top of the map.
 *
 *     .text: section, 1767 bytes of 2536, 69.7 %
 *     >>> entry.o of platforms/kvm, 387 bytes, 15.3 %
 *     note: goes if all its parts go
 */
#include "explain.h"

#include <llvm-c/DebugInfo.h>

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LARGEST = 10,
    MOST_EVIDENCE = 10
};

/* ---- parts of the image: the map's, or the estimates ---- */

struct part {
    char *section, *component, *name;
    unsigned long bytes;
};

/* What was reached and is this part, or NULL. */
static const struct def *def_of(const struct analysis *a, const struct part *p)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        if (!d->module->ir ? !strcmp(path_base(d->module->path), p->name) &&
                                 !strcmp(map_component(d), p->component)
                           : !strcmp(d->symbol->name, p->name))
            return d;
    }
    return NULL;
}

static char *section_of(const struct def *d)
{
    if (d->kind == DEF_FUNCTION || d->kind == DEF_NATIVE)
        return KEY(".text");
    if (is_zero(d))
        return KEY(".bss");
    return KEY(d->kind == DEF_DATA && LLVMIsGlobalConstant(d->ir) ? ".rodata"
                                                                  : ".data");
}

static int by_bytes(const void *x, const void *y)
{
    const struct part *a = x, *b = y;

    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* The largest first; section NULL: of the whole file. */
static struct part *parts_of(struct analysis *a, const char *section)
{
    struct part *list = NULL;
    size_t n = a->image ? arrlenu(a->image->pieces) : arrlenu(a->run.reached);

    for (size_t i = 0; i < n; i++) {
        struct part p;
        bool zero;
        if (a->image) {
            const struct map_piece *m = &a->image->pieces[i];
            p = (struct part){m->section, m->component, m->symbol, m->bytes};
            zero = m->zero;
        } else {
            struct def *d = a->run.reached[i];
            p = (struct part){section_of(d), map_component(d), d->symbol->name,
                              d->bytes};
            zero = is_zero(d);
        }
        if (p.bytes && (section ? !strcmp(p.section, section) : !zero))
            arrput(list, p);
    }
    if (list)
        qsort(list, arrlenu(list), sizeof *list, by_bytes);
    return list;
}

static unsigned long sum_of(struct part *list)
{
    unsigned long n = 0;

    for (size_t i = 0; i < arrlenu(list); i++)
        n += list[i].bytes;
    return n;
}

static double share(unsigned long part, unsigned long all)
{
    return all ? 100.0 * (double)part / (double)all : 0;
}

static void print_part(struct analysis *a, const struct part *p,
                       unsigned long all)
{
    size_t n;

    ir_name_tag(p->name, &n);
    printf(">>> %.*s of %s, %lu bytes, %.1f %%", (int)n, p->name, p->component,
           p->bytes, share(p->bytes, all));
    const struct def *d = def_of(a, p);
    if (d && d->found.from) {
        char *where = where_of(d->found.from, d->found.at);
        printf(": %s %s", how_of(&d->found), where);
        free(where);
    }
    putchar('\n');
}

/* ---- components, by the map ---- */

static struct part *by_component(struct part *list)
{
    struct part *sums = NULL;

    for (size_t i = 0; i < arrlenu(list); i++) {
        size_t k = 0;
        while (k < arrlenu(sums) &&
               strcmp(sums[k].name, list[i].component) != 0)
            k++;
        if (k == arrlenu(sums)) {
            struct part p = {NULL, NULL, list[i].component, 0};
            arrput(sums, p);
        }
        sums[k].bytes += list[i].bytes;
    }
    if (sums)
        qsort(sums, arrlenu(sums), sizeof *sums, by_bytes);
    return sums;
}

unsigned long map_bytes(const struct analysis *a, const char *component)
{
    unsigned long n = 0;

    for (size_t i = 0; a->image && i < arrlenu(a->image->pieces); i++)
        if (!a->image->pieces[i].zero &&
            !strcmp(a->image->pieces[i].component, component))
            n += a->image->pieces[i].bytes;
    return n;
}

void explain_bytes(struct analysis *a)
{
    struct part *parts = parts_of(a, NULL), *sums = by_component(parts);
    unsigned long all = sum_of(parts);
    unsigned long rest = all;
    size_t shown = 0;

    printf("BYTES: %s%lu %s\n", a->image ? "" : "about ", all,
           a->image ? "by image.map" : "by estimate");
    for (size_t i = 0; i < arrlenu(sums) && i < MOST_LARGEST; i++)
        printf(">>> %s: %lu bytes, %.1f %%\n", sums[i].name, sums[i].bytes,
               share(sums[i].bytes, all));
    if (arrlenu(sums) > MOST_LARGEST)
        printf(">>> and %zu more components\n", arrlenu(sums) - MOST_LARGEST);
    for (; shown < arrlenu(parts) && shown < MOST_LARGEST; shown++) {
        print_part(a, &parts[shown], all);
        rest -= parts[shown].bytes;
    }
    if (arrlenu(parts) > shown)
        printf(">>> and %zu more parts, %lu bytes\n", arrlenu(parts) - shown,
               rest);
    printf("note: --explain NAME says of each why it is here, what it goes "
           "with, and what that saves\n");
    arrfree(sums);
    arrfree(parts);
}

/* ---- sections ---- */

bool explain_section(struct analysis *a, const char *name)
{
    struct part *parts;
    unsigned long all = a->image ? a->image->bytes : 0;
    unsigned long bytes;
    bool zero = !strcmp(name, ".bss");

    if (name[0] != '.')
        return false;
    parts = parts_of(a, name);
    bytes = sum_of(parts);
    if (!parts)
        return false;
    printf("%s: section, %s%lu bytes", name, a->image ? "" : "about ", bytes);
    if (zero)
        printf(" of memory, none in the file");
    else if (all)
        printf(" of %lu, %.1f %%", all, share(bytes, all));
    printf(", %zu parts\n", arrlenu(parts));
    for (size_t i = 0; i < arrlenu(parts) && i < MOST_LARGEST; i++)
        print_part(a, &parts[i], bytes);
    if (arrlenu(parts) > MOST_LARGEST)
        printf(">>> and %zu more parts\n", arrlenu(parts) - MOST_LARGEST);
    printf("note: goes if all its parts go\n");
    printf("note: saves %s%lu bytes%s\n", a->image ? "" : "about ", bytes,
           zero ? " of memory" : "");
    arrfree(parts);
    return true;
}

/* ---- source files ---- */

const char *file_of(const struct def *d, size_t *n)
{
    unsigned length = 0;
    const char *file = NULL;

    if (d->kind == DEF_FUNCTION && LLVMGetSubprogram(d->ir))
        file = LLVMGetDebugLocFilename(d->ir, &length);
    *n = length;
    if (!file && d->module->ir)
        file = LLVMGetSourceFileName(d->module->ir, n);
    if (!file) {
        file = d->module->path;
        *n = strlen(file);
    }
    return file;
}

/* Is it that path, or does it end in it? */
static bool is_file(const struct def *d, const void *what)
{
    const char *name = what;
    size_t n, length = strlen(name);
    const char *file = file_of(d, &n);

    return length <= n && !memcmp(file + n - length, name, length) &&
           (length == n || file[n - length - 1] == '/');
}

static void explain_reached_file(struct analysis *a, const char *name,
                                 struct def **in, size_t all)
{
    unsigned long bytes = 0;
    size_t functions = 0;
    struct saving s;
    char *first = symbol_plain(in[0]->symbol);

    for (size_t i = 0; i < arrlenu(in); i++) {
        bytes += sizes_of(a, in[i]).file;
        functions += in[i]->kind == DEF_FUNCTION;
    }
    printf("%s: file of %s, %zu of %zu functions reached, %s%lu bytes\n", name,
           home_of(in[0]), functions, all, a->image ? "" : "about ", bytes);
    printf(">>> first needed for %s\n", first);
    print_chain(a, &in[0]->found);
    print_references(a, is_file, name);
    s = saving_without(a, (struct question){0}, in);
    print_saving(a, &s, "");
    free(first);
}

bool explain_file(struct analysis *a, const char *name)
{
    struct def **in = NULL;
    const struct def *any = NULL;
    size_t functions = 0;

    if (!strchr(name, '.') || name[0] == '.')
        return false;
    for (size_t i = 0; i < arrlenu(a->program.modules); i++) {
        struct module *m = a->program.modules[i];
        for (size_t k = 0; k < arrlenu(m->defs); k++) {
            if (!is_file(m->defs[k], name))
                continue;
            any = m->defs[k];
            functions += any->kind == DEF_FUNCTION;
        }
    }
    for (size_t i = 0; i < arrlenu(a->run.reached); i++)
        if (is_file(a->run.reached[i], name))
            arrput(in, a->run.reached[i]);
    if (in)
        explain_reached_file(a, name, in, functions);
    else if (any)
        printf("%s: file of %s, dropped: nothing of it is reached\n", name,
               home_of(any));
    arrfree(in);
    return any != NULL;
}

/* ---- who refers to a component or file ---- */

void print_references(struct analysis *a,
                      bool (*in)(const struct def *d, const void *what),
                      const void *what)
{
    const struct def **seen = NULL;
    size_t shown = 0;

    for (size_t i = 0; i < arrlenu(a->edges); i++) {
        const struct edge *e = &a->edges[i];
        const struct def *to =
            e->to->run == a->run.number ? e->to->chosen : NULL;
        bool known = !to || !reached(a, to) || !in(to, what) || !e->from ||
                     in(e->from, what);
        for (size_t k = 0; !known && k < arrlenu(seen); k++)
            known = seen[k] == e->from;
        if (known)
            continue;
        arrput(seen, e->from);
        if (shown++ >= MOST_LARGEST / 2)
            continue;
        struct link l = {e->from, e->at, e->how, 0};
        char *name = symbol_plain(to->symbol);
        char *where = where_of(e->from, e->at);
        printf(">>> %s: %s %s\n", name, how_of(&l), where);
        free(name);
        free(where);
    }
    if (shown > MOST_LARGEST / 2)
        printf(">>> and from %zu more\n", shown - MOST_LARGEST / 2);
    printf("note: goes if %s\n", shown ? "the references from these go"
                                       : "the start of the image goes");
    arrfree(seen);
}

/* ---- knobs, facts ---- */

bool explain_knob(struct analysis *a, const char *name)
{
    const struct knob *k =
        pool_knob(&a->pool, has_prefix(name, "CFG_") ? name + 4 : name);
    struct saving s;

    if (!k)
        return false;
    printf("%s: knob, %ld\n>>> = %s\n", k->name,
           expr_value(k->value, &a->facts), expr_text(k->value));
    for (int i = 0; i < FACT_COUNT; i++)
        if (expr_uses(k->value, (enum fact)i))
            printf(">>> %s is %s\n", fact_info[i].name,
                   a->facts.on[i] ? "true" : "false");
    if (!expr_value(k->value, &a->facts))
        return true;
    s = saving_without(a, (struct question){.knob = k}, NULL);
    print_saving(a, &s, "if it were 0: ");
    return true;
}

static void print_evidence(struct analysis *a, int fact)
{
    size_t n = 0;

    for (size_t i = 0; i < arrlenu(a->facts.lines); i++) {
        const struct fact_line *l = &a->facts.lines[i];
        struct link link = {l->function, l->at, HOW_CALL, 0};
        if (l->fact != (enum fact)fact || ++n > MOST_EVIDENCE)
            continue;
        if (l->detail)
            printf(">>> %s\n", l->detail);
        if (l->function)
            print_chain(a, &link);
    }
    if (n > MOST_EVIDENCE)
        printf(">>> and %zu more\n", n - MOST_EVIDENCE);
}

bool explain_fact(struct analysis *a, const char *name)
{
    int fact = fact_find(name, strlen(name));
    struct saving s;

    if (fact < 0)
        return false;
    printf("%s: fact, %s: %s\n", name,
           a->facts.on[fact] ? "holds" : "does not hold",
           fact_info[fact].meaning);
    print_evidence(a, fact);
    if (a->options.assumed[fact])
        printf(">>> option --assume\n");
    if (!a->facts.on[fact]) {
        printf("note: would be established by: %s%s%s\n", fact_info[fact].how,
               fact_info[fact].symbols[0] ? " of " : "",
               fact_info[fact].symbols);
        return true;
    }
    printf("note: does not hold if nothing reached establishes it: %s%s%s\n",
           fact_info[fact].how, fact_info[fact].symbols[0] ? " of " : "",
           fact_info[fact].symbols);
    s = saving_without(a, (struct question){.fact = fact + 1}, NULL);
    print_saving(a, &s, "if it did not hold: ");
    return true;
}
