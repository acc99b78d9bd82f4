/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_casts.c: what becomes of the function pointers of a captured program:
 * the answers of all its files (source_casts.h) in one, for unicore-analyze.
 *
 *     decl free _ZTSFvPvE         # free's address is taken, declared so
 *     flow * _ZTSFviE             # void * becomes void (*)(int)
 *     flow _ZTSFiP1sE _ZTSFiPvE
 *     flow _ZTSFvvE library       # a libc function takes a void (*)(void)
 *     unknown a.c: its f is not that of the bitcode
 *
 * Each module is parsed with the command that made it. Names are resolved
 * here: what two files declare differently has both types; what a function or
 * variable that the program does not define leads to, by the types of its
 * parameters and their fields, a library can call. With an `unknown` line the
 * others say nothing: a cast may be missing.
 */
#include "scan.h"
#include "source_casts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct module {
    char *bitcode, *cwd;
    bool plus;   /* C++: its casts are not looked for */
    char **argv; /* NULL-ended; empty: no command */
};

struct word_entry {
    char *key;
    int value;
};
struct name_types {
    char *key;
    char **value; /* stb_ds array */
};

struct casts {
    struct module *modules;
    struct word_entry *lines, *variables, *externs, *functions;
    struct name_types *names, *leads;
};

/* ---- commands ---- */

/* Asks the compiler for the words of the run that made the bitcode. */
static void ask(struct module *m, const char *record, size_t n)
{
    const char **argv = NULL,
               *env[] = {"UNICORE_EMIT=command", "UNICORE_COMMANDS", NULL};
    struct run how = {.env = env};
    struct buf out = {0};

    m->cwd = xstrdup(record);
    for (const char *p = record; p < record + n; p += strlen(p) + 1)
        arrput(argv, p);
    for (size_t i = 1; i < arrlenu(argv); i++)
        m->plus |= has_prefix(argv[i], "c++") && !strcmp(argv[i - 1], "-x");
    if (arrlenu(argv) < 3 || !is_dir(m->cwd) || m->plus)
        return;
    how.cwd = m->cwd;
    arrdel(argv, 0);
    argv[0] = path_join(bin_dir(), "unicore-cc");
    arrput(argv, NULL);
    if (run_capture(argv, &how, &out) == 0)
        for (char *p = out.p; p && p < out.p + out.n; p += strlen(p) + 1)
            arrput(m->argv, p);
    if (m->argv) {
        arrput(m->argv, xstrdup("-fsyntax-only"));
        arrput(m->argv, NULL);
    }
    arrfree(argv);
}

static void find_modules(struct casts *c, const char *dir)
{
    char **list = dir_list(dir);

    for (size_t i = 0; i < arrlenu(list); i++) {
        struct module m = {.bitcode = path_join(dir, list[i])};
        size_t stem = strlen(m.bitcode) - strlen(".bc"), n;
        char *record;

        if (!has_suffix(list[i], ".bc"))
            continue;
        record = format("%.*s.command", (int)stem, m.bitcode);
        char *text = file_read(record, &n);
        if (text)
            ask(&m, text, n);
        arrput(c->modules, m);
        free(record);
    }
    if (!c->modules)
        die("%s: no bitcode in it", dir);
}

/* ---- answers ---- */

static bool parse(void *data, size_t i, FILE *out)
{
    const struct module *m = &((struct casts *)data)->modules[i];
    struct casts_source source = {(const char *const *)m->argv, m->bitcode,
                                  out};

    if (!m->argv) {
        fprintf(out, "unknown\t%s\t\n",
                m->plus ? "it is C++" : "its command is not known");
        return true;
    }
    if (chdir(m->cwd) != 0)
        return false;
    source_casts(&source);
    return true;
}

static void add_line(struct casts *c, char *line)
{
    shput(c->lines, line, 1);
}

static void add_type(struct name_types **map, const char *name,
                     const char *type)
{
    ptrdiff_t i = shgeti(*map, KEY(name));

    if (i < 0) {
        shput(*map, KEY(name), NULL);
        i = shgeti(*map, KEY(name));
    }
    for (size_t k = 0; k < arrlenu((*map)[i].value); k++)
        if (!strcmp((*map)[i].value[k], type))
            return;
    arrput((*map)[i].value, xstrdup(type));
}

static void add(struct casts *c, const char *kind, const char *a, const char *b)
{
    if (!strcmp(kind, "name"))
        add_type(&c->names, a, b);
    else if (!strcmp(kind, "leads"))
        add_type(&c->leads, a, b);
    else if (!strcmp(kind, "function"))
        shput(c->functions, KEY(a), 1);
    else if (!strcmp(kind, "variable"))
        shput(c->variables, KEY(a), 1);
    else if (!strcmp(kind, "extern"))
        shput(c->externs, KEY(a), 1);
    else
        add_line(c, format("%s %s %s", kind, a, b));
}

/* src/x.c, as the command has it; else the module. */
static const char *source_of(const struct module *m)
{
    for (size_t i = 0; i < arrlenu(m->argv); i++)
        if (m->argv[i] && has_suffix(m->argv[i], ".c"))
            return m->argv[i];
    return path_base(m->bitcode);
}

static void collect(void *data, size_t i, char *text, char *why)
{
    struct casts *c = data;
    const char *reason = why ? why : "its parse says nothing";
    bool done = false;
    char *line;

    while (text && (line = strsep(&text, "\n"))) {
        char *kind = strsep(&line, "\t"), *a = strsep(&line, "\t");
        if (!strcmp(kind, "done"))
            done = true;
        else if (!strcmp(kind, "unknown"))
            reason = a;
        else if (a && line)
            add(c, kind, a, line);
    }
    if (!done || why)
        add_line(c,
                 format("unknown %s: %s", source_of(&c->modules[i]), reason));
}

/* ---- the file ---- */

static void resolve_names(struct casts *c)
{
    for (size_t i = 0; i < shlenu(c->names); i++) {
        char **types = c->names[i].value;
        for (size_t k = 1; k < arrlenu(types); k++) {
            add_line(c, format("flow %s %s", types[0], types[k]));
            add_line(c, format("flow %s %s", types[k], types[0]));
        }
    }
    for (size_t i = 0; i < shlenu(c->externs); i++)
        if (shgeti(c->variables, c->externs[i].key) < 0)
            add_line(c, format("decl %s *", c->externs[i].key));
}

/* Marks all that the thing leads to. */
static void follow(struct casts *c, const char *what, struct word_entry **seen)
{
    char **todo = NULL;

    arrput(todo, KEY(what));
    while (arrlenu(todo)) {
        ptrdiff_t i = shgeti(c->leads, arrpop(todo));
        for (size_t k = 0; i >= 0 && k < arrlenu(c->leads[i].value); k++) {
            char *next = c->leads[i].value[k];
            if (shgeti(*seen, next) >= 0)
                continue;
            shput(*seen, next, 1);
            arrput(todo, next);
        }
    }
    arrfree(todo);
}

/* All that libraries can call, by what the program shows them. */
static void find_library(struct casts *c)
{
    struct word_entry *seen = NULL;

    for (size_t i = 0; i < shlenu(c->leads); i++) {
        char *what = c->leads[i].key;
        if (!strchr(what, ' ') && !has_prefix(what, "_ZTS") &&
            shgeti(c->functions, what) < 0 && shgeti(c->variables, what) < 0)
            follow(c, what, &seen);
    }
    for (size_t i = 0; i < shlenu(seen); i++)
        if (has_prefix(seen[i].key, "_ZTS"))
            add_line(c, format("flow %s library", seen[i].key));
    shfree(seen);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void casts_write(const struct options *o)
{
    struct casts c = {0};
    struct scan_work work = {parse, collect, &c};
    struct buf b = {0};
    char **lines = NULL;

    sh_new_strdup(c.names);
    sh_new_strdup(c.leads);
    sh_new_strdup(c.functions);
    sh_new_strdup(c.variables);
    sh_new_strdup(c.externs);
    find_modules(&c, o->program);
    scan_each(&work, arrlenu(c.modules), o->jobs);
    resolve_names(&c);
    find_library(&c);
    for (size_t i = 0; i < shlenu(c.lines); i++)
        arrput(lines, c.lines[i].key);
    if (lines)
        qsort(lines, arrlenu(lines), sizeof *lines, by_text);
    buf_str(&b, "");
    for (size_t i = 0; i < arrlenu(lines); i++)
        buf_printf(&b, "%s\n", lines[i]);
    file_write(o->casts, b.p, b.n);
}
