/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_report.c: findings to rows, rows to text.
 *
 * A row is one thing with all its places. What the program defines itself is
 * no finding, whichever file has it. Rows of calls that the pool has nothing
 * to say against become notes.
 */
#include "scan.h"
#include "sysname.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_PLACES = 3,
    FIRST_NAMES = 8
};

static void add(struct row **rows, struct row row, const struct finding *f)
{
    struct place p = {f->file, f->condition, f->text, f->line};
    size_t i = 0;

    while (i < arrlenu(*rows) && (strcmp((*rows)[i].what, row.what) != 0 ||
                                  strcmp((*rows)[i].name, row.name) != 0))
        i++;
    if (i == arrlenu(*rows))
        arrput(*rows, row);
    arrput((*rows)[i].places, p);
}

static struct row row_of(const char *what, const char *name, const char *why)
{
    return (struct row){KEY(what), KEY(name), KEY(why), NULL};
}

/* ---- one kind each ---- */

static const char *origin_of(const struct options *o, const struct finding *f)
{
    char *template = format("%s.in", path_base(f->name));
    char *cmake = format("%s.cmake", path_base(f->name));
    char *port = scan_port(o->ports, f->name);
    const char *why = "no port";

    if (files_has(template) || files_has(cmake))
        why = "made by the program's configure";
    else if (port)
        why = format("port %s", port);
    else if (files_has(path_base(f->name)))
        why = "in the tree, not where the flags look";
    else if (f->detail[0] == '"')
        why = "not in the tree: its build may make it";
    free(template);
    free(cmake);
    free(port);
    return why;
}

static void add_call(struct report *r, const struct finding *f)
{
    const char *about = scan_class(f->name, f->detail);
    const char *missing = scan_pool_missing(f->name);

    if (!strcmp(f->name, "syscall") || !about)
        return;
    if (*missing)
        add(&r->degraded, row_of(about, f->name, format("no %s", missing)), f);
    else if (!strcmp(about, "dynamic loading"))
        add(&r->degraded, row_of(about, f->name, "images are static: it fails"),
            f);
    else
        add(&r->notes, row_of(about, f->name, ""), f);
}

static void add_syscall(struct report *r, const struct finding *f)
{
    const char *name =
        *f->name == '?' ? NULL : sysname("x86_64", atoll(f->name));

    if (!name)
        add(&r->notes,
            row_of("syscall()", f->name,
                   *f->name == '?' ? "number not constant: all calls stay"
                                   : "no such number"),
            f);
    else if (!scan_pool_has_call(name))
        add(&r->degraded, row_of("syscall()", name, format("no %s", name)), f);
    else
        add(&r->notes, row_of("syscall()", name, ""), f);
}

static void add_other(struct report *r, const struct options *o,
                      const struct finding *f)
{
    static const char *const what[] = {[SCAN_ASSEMBLY] = "assembly",
                                       [SCAN_GOTO] = "computed goto",
                                       [SCAN_CAST] = "pointer cast",
                                       [SCAN_OLD_CALL] = "no prototype",
                                       [SCAN_VARARG] = "pointer in ...",
                                       [SCAN_WRAPPER] = "format attribute",
                                       [SCAN_UNMARKED] = "format, unmarked",
                                       [SCAN_FORMAT] = "format, computed"};

    switch (f->kind) {
    case SCAN_FAULT:
        add(&r->degraded,
            row_of("fault handler", f->name, "faults end the machine"), f);
        break;
    case SCAN_MACRO:
        if (text_is_tested(f->name))
            add(&r->macros, row_of(f->detail, f->name, ""), f);
        break;
    case SCAN_WRAPPER:
        add(&r->notes, row_of(what[f->kind], f->name, f->detail), f);
        break;
    case SCAN_ASSEMBLY:
    case SCAN_UNMARKED:
    case SCAN_FORMAT:
    case SCAN_OLD_CALL:
        add(&r->notes, row_of(what[f->kind], f->name, ""), f);
        break;
    default: /* their names are types, and many */
        add(&r->notes,
            row_of(what[f->kind], o->all || o->json ? f->name : "", ""), f);
    }
}

/* Where the error is may be a header. */
static void add_error(struct report *r, const struct finding *f)
{
    const char *file = f->macro_file ? f->macro_file : f->file;
    const char *why = f->name;

    if (f->line)
        why = format("%s:%d: %s", file, f->line, f->name);
    add(&r->unparsed, row_of("error", f->file, why), f);
}

/* ---- all of them ---- */

static int by_row(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int d = strcmp(x->what, y->what);

    return d ? d : strcmp(x->name, y->name);
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int d = strcmp(x->file, y->file);

    return d ? d : x->line - y->line;
}

static void sort_rows(struct row *rows)
{
    for (size_t i = 0; i < arrlenu(rows); i++)
        qsort(rows[i].places, arrlenu(rows[i].places), sizeof *rows[i].places,
              by_place);
    if (rows)
        qsort(rows, arrlenu(rows), sizeof *rows, by_row);
}

static bool has_own(struct finding *list, const char *name)
{
    for (size_t i = 0; i < arrlenu(list); i++)
        if (list[i].kind == SCAN_DEFINES && !strcmp(list[i].name, name))
            return true;
    return false;
}

static void add_finding(struct report *r, const struct options *o,
                        struct finding *list, const struct finding *f)
{
    switch (f->kind) {
    case SCAN_FILE:
        r->parsed += atoi(f->name) > 0 || !*f->detail;
        r->functions += (size_t)atoi(f->name);
        break;
    case SCAN_DEFINES:
    case SCAN_BRANCH:
        break;
    case SCAN_ERROR:
        add_error(r, f);
        break;
    case SCAN_HEADER:
        add(&r->needs, row_of("header", f->name, origin_of(o, f)), f);
        break;
    case SCAN_CALL:
        if (!has_own(list, f->name))
            add_call(r, f);
        break;
    case SCAN_SYSCALL:
        add_syscall(r, f);
        break;
    default:
        add_other(r, o, f);
    }
}

void report_make(struct report *r, const struct tree *t,
                 const struct options *o, struct finding *list)
{
    r->files = arrlenu(t->files);
    for (size_t i = 0; i < arrlenu(list); i++)
        add_finding(r, o, list, &list[i]);
    sort_rows(r->needs);
    sort_rows(r->degraded);
    sort_rows(r->notes);
    sort_rows(r->macros);
    sort_rows(r->unparsed);
}

/* ---- text ---- */

static void print_places(const struct row *row, size_t most)
{
    size_t n = arrlenu(row->places);

    for (size_t i = 0; i < n && i < most; i++) {
        const struct place *p = &row->places[i];

        printf("      %s:%d: %.90s\n", p->file, p->line, p->text);
        if (*p->condition)
            printf("          under #if %.100s\n", p->condition);
    }
    if (n > most)
        printf("      and %zu more\n", n - most);
}

static void print_rows(const char *title, struct row *rows,
                       const struct options *o)
{
    printf("%s:%s\n", title, rows ? "" : " nothing");
    for (size_t i = 0; i < arrlenu(rows); i++) {
        const struct row *r = &rows[i];

        printf("  %-16s %-20s %4zu  %s\n", r->what, r->name, arrlenu(r->places),
               r->why);
        print_places(r, o->all ? (size_t)-1 : FIRST_PLACES);
    }
}

/* Notes of one kind, in one block: names with counts, then first places. */
static size_t print_group(struct row *rows, size_t i, const struct options *o)
{
    struct row all = {0};
    size_t shown = 0, first = i;

    printf("  %s", rows[i].what);
    for (; i < arrlenu(rows) && !strcmp(rows[i].what, rows[first].what); i++) {
        const struct row *r = &rows[i];

        if (o->all || shown < FIRST_NAMES)
            printf("%s%s%s %zu%s%s%s", shown ? ", " : ": ", r->name,
                   r->name[0] ? "" : "in all", arrlenu(r->places),
                   r->why[0] ? " (" : "", r->why, r->why[0] ? ")" : "");
        shown++;
        for (size_t j = 0; j < arrlenu(r->places); j++)
            arrput(all.places, r->places[j]);
    }
    if (!o->all && shown > FIRST_NAMES)
        printf(", and %zu more", shown - FIRST_NAMES);
    putchar('\n');
    print_places(&all, o->all ? (size_t)-1 : FIRST_PLACES);
    arrfree(all.places);
    return i;
}

static void print_macros(struct row *rows, const struct options *o)
{
    for (size_t i = 0; i < arrlenu(rows);) {
        const char *from = rows[i].what;
        size_t shown = 0;

        printf("  macros tested, from %s:", from);
        for (; i < arrlenu(rows) && !strcmp(rows[i].what, from); i++, shown++)
            if (o->all || shown < FIRST_NAMES)
                printf(" %s", rows[i].name);
        if (!o->all && shown > FIRST_NAMES)
            printf(" and %zu more", shown - FIRST_NAMES);
        putchar('\n');
    }
}

void report_print(const struct report *r, const struct tree *t,
                  const struct options *o)
{
    printf("%s: %zu files, %zu functions, %zu files with errors; %s", o->name,
           r->files, r->functions, arrlenu(r->unparsed), t->how);
    if (t->skipped)
        printf("; %zu files beside the program skipped", t->skipped);
    putchar('\n');
    for (size_t i = 0; i < arrlenu(r->unparsed); i++)
        if (o->all || i < FIRST_PLACES)
            printf("  error: %s: %s\n", r->unparsed[i].name,
                   r->unparsed[i].why);
    if (!o->all && arrlenu(r->unparsed) > FIRST_PLACES)
        printf("  and %zu more\n", arrlenu(r->unparsed) - FIRST_PLACES);
    print_rows("needs", r->needs, o);
    print_rows("degraded on kvm", r->degraded, o);
    printf("notes:%s\n", r->notes || r->macros ? "" : " nothing");
    for (size_t i = 0; i < arrlenu(r->notes);)
        i = print_group(r->notes, i, o);
    print_macros(r->macros, o);
}
