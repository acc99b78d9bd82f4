/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_text.c: the line that a finding is on, and the #if that it stands
 * under: the innermost one that is no include guard. For what comes out of a
 * macro with no #if around its use, the one around the macro's definition.
 */
#include "scan.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_TEXT = 200
};

struct branch {
    int first, last;
    char *condition;
};
struct file_text {
    char **lines;
    struct branch *branches;
};
struct file_entry {
    char *key;
    struct file_text *value;
};
struct origin_entry {
    char *key, *value;
};
static struct file_entry *files;
static struct origin_entry *origins; /* macros of the build */
static struct origin_entry *tested;

static struct file_text *file_of(const struct tree *t, char *name)
{
    struct file_text *f = shget(files, name);
    char *path, *rest, *line;

    if (f)
        return f;
    f = xcalloc(1, sizeof *f);
    path = path_join(t->root, name);
    rest = file_read(path, NULL);
    while (rest && (line = strsep(&rest, "\n")))
        arrput(f->lines, line);
    free(path);
    shput(files, name, f);
    return f;
}

/* The line without blanks around it; "" past the end. Caller frees. */
static char *line_text(const struct file_text *f, int line)
{
    const char *s = "";
    size_t n;

    if (line > 0 && (size_t)line <= arrlenu(f->lines))
        s = f->lines[line - 1];
    while (isspace((unsigned char)*s))
        s++;
    n = strnlen(s, MAX_TEXT);
    while (n && isspace((unsigned char)s[n - 1]))
        n--;
    char *text = xstrndup(s, n);
    for (char *p = text; *p; p++)
        if (iscntrl((unsigned char)*p))
            *p = ' ';
    return text;
}

/* Comments go, blanks become one. */
static char *clean(const char *s)
{
    struct buf b = {0};

    buf_str(&b, "");
    while (*s && strncmp(s, "//", 2) != 0) {
        const char *end = strncmp(s, "/*", 2) ? NULL : strstr(s + 2, "*/");

        if (!strncmp(s, "/*", 2) && !end)
            break;
        if (end)
            s = end + 2;
        else if (isspace((unsigned char)*s) || *s == '\\')
            s++;
        else {
            buf_add(&b, s++, 1);
            continue;
        }
        if (b.n && b.p[b.n - 1] != ' ')
            buf_str(&b, " ");
    }
    if (b.n && b.p[b.n - 1] == ' ')
        b.p[--b.n] = 0;
    return b.p;
}

/* The next identifier from *s on, other than `defined`; NULL: none. */
static char *next_name(const char **s)
{
    while (**s) {
        const char *start = *s;
        size_t n = 0;

        while (isalnum((unsigned char)start[n]) || start[n] == '_')
            n++;
        *s += n ? n : 1;
        if (n && !isdigit((unsigned char)*start) &&
            !(n == strlen("defined") && !strncmp(start, "defined", n)))
            return xstrndup(start, n);
    }
    return NULL;
}

/* #ifndef X or #if !defined(X), and #define X right below. */
static bool is_guard(const struct file_text *f, const struct branch *b)
{
    const char *s = b->condition;
    char *name = *s == '!' ? next_name(&s) : NULL;
    bool is = false;

    if (!name || s[strspn(s, " )")]) {
        free(name);
        return false;
    }
    for (int line = b->first + 1; line <= b->first + 2; line++) {
        char *text = line_text(f, line);
        const char *rest = strstr(text, "define");

        is |= *text == '#' && rest && strstr(rest, name);
        free(text);
    }
    free(name);
    return is;
}

static void add_branch(const struct tree *t, const struct finding *found)
{
    struct file_text *f = file_of(t, found->file);
    struct branch b = {found->line, atoi(found->detail), clean(found->name)};
    const char *s = b.condition;
    size_t names;
    char *name;

    if (is_guard(f, &b))
        return;
    for (names = 0; (name = next_name(&s)); names++)
        shput(tested, name, name);
    if (names) /* not #if 1 */
        arrput(f->branches, b);
}

static const char *origin_of(const char *condition)
{
    const char *origin = NULL;
    char *name;

    while (!origin && (name = next_name(&condition))) {
        origin = shget(origins, name);
        free(name);
    }
    return origin;
}

static const char *condition_of(const struct tree *t, char *file, int line)
{
    const struct branch *best = NULL;
    struct file_text *f = file ? file_of(t, file) : NULL;

    for (size_t i = 0; f && i < arrlenu(f->branches); i++) {
        const struct branch *b = &f->branches[i];

        if (b->first <= line && line <= b->last &&
            (!best || b->first >= best->first))
            best = b;
    }
    if (!best)
        return "";
    const char *origin = origin_of(best->condition);
    return origin ? format("%s (%s)", best->condition, origin)
                  : best->condition;
}

bool text_is_tested(const char *macro)
{
    return shgeti(tested, KEY(macro)) >= 0;
}

void text_add(const struct tree *t, struct finding *list)
{
    for (size_t i = 0; i < arrlenu(list); i++) {
        if (list[i].kind == SCAN_BRANCH)
            add_branch(t, &list[i]);
        else if (list[i].kind == SCAN_MACRO)
            shput(origins, list[i].name, list[i].detail);
    }
    for (size_t i = 0; i < arrlenu(list); i++) {
        struct finding *f = &list[i];

        f->text = f->condition = "";
        if (f->kind == SCAN_BRANCH || f->line < 1)
            continue;
        f->text = line_text(file_of(t, f->file), f->line);
        f->condition = condition_of(t, f->file, f->line);
        if (!*f->condition)
            f->condition = condition_of(t, f->macro_file, f->macro_line);
    }
}
