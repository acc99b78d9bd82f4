/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pick.c: reads `pick`, as ARCHITECTURE.md gives it. The file may come from
 * anywhere, so every line is checked: known keys only, paths that stay in the
 * pool folder, names that can be symbols, numbers that are numbers.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "linker.h"

enum {
    MAX_LOST = 0xe000
}; /* fault numbers fit below 64 KiB */

struct line {
    struct pick *pick;
    const char *path;
    const struct entry *e;
    char *component; /* the last `component` line */
};

static bool wrong(const struct line *l, const char *what)
{
    error("%s:%d: %s %s: %s", l->path, l->e->line, l->e->key, l->e->value,
          what);
    return false;
}

/* The first word of the value; the rest, trimmed, in *rest. */
static char *first_word(const char *value, const char **rest)
{
    size_t n = strcspn(value, " \t");

    *rest = value + n + strspn(value + n, " \t");
    return xstrndup(value, n);
}

static bool stays_inside(const char *path)
{
    if (!*path || *path == '/' || has_suffix(path, "/"))
        return false;
    for (const char *p = path; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (has_prefix(p, "../") || !strcmp(p, "..") || *p == '/')
            return false;
    }
    return true;
}

static bool on_target(struct line *l)
{
    const char *dash = strchr(l->e->value, '-');

    if (!dash || dash == l->e->value || !dash[1] ||
        strpbrk(l->e->value, "/ \t."))
        return wrong(l, "expected PLATFORM-ARCH");
    if (l->pick->platform)
        return wrong(l, "a second target");
    l->pick->platform = xstrndup(l->e->value, (size_t)(dash - l->e->value));
    l->pick->arch = xstrdup(dash + 1);
    return true;
}

static bool on_component(struct line *l)
{
    const char *rest;

    if (!stays_inside(l->e->value))
        return wrong(l, "expected a folder of the pool");
    l->component = first_word(l->e->value, &rest);
    return true;
}

static bool on_module(struct line *l)
{
    struct picked p = {xstrdup(l->e->value), l->component};

    if (!stays_inside(p.path) || strpbrk(p.path, " \t"))
        return wrong(l, "expected a path in the pool");
    if (!strcmp(l->e->key, "module"))
        arrput(l->pick->modules, p);
    else
        arrput(l->pick->objects, p);
    return true;
}

static bool on_knob(struct line *l)
{
    const char *rest;
    char *end, *name = first_word(l->e->value, &rest);
    long long v;

    errno = 0;
    v = strtoll(rest, &end, 0);
    if (end == rest || *end || errno)
        return wrong(l, "expected NAME INTEGER");
    if (shgeti(l->pick->knobs, name) >= 0)
        return wrong(l, "given twice");
    shput(l->pick->knobs, name, v);
    return true;
}

static bool on_lost(struct line *l)
{
    struct lost x = {0};
    const char *rest;

    x.name = first_word(l->e->value, &rest);
    x.why = xstrdup(rest);
    x.how = strcmp(l->e->key, "cut") == 0 ? LOST_CUT : LOST_DROP;
    if (!*x.name)
        return wrong(l, "expected a symbol");
    if (arrlen(l->pick->lost) >= MAX_LOST)
        return wrong(l, "too many functions left out");
    arrput(l->pick->lost, x);
    return true;
}

static bool on_name(struct line *l)
{
    const char *rest;
    char *name = first_word(l->e->value, &rest);

    if (!*name || *rest)
        return wrong(l, "expected one name");
    if (!strcmp(l->e->key, "nosys"))
        name_add(&l->pick->nosys, name, "");
    else if (!strcmp(l->e->key, "set"))
        name_add(&l->pick->sets, name, "");
    else if (!strcmp(l->e->key, "late"))
        name_add(&l->pick->late, name, "");
    else if (!strcmp(l->e->key, "without"))
        name_add(&l->pick->without, name, "");
    else if (!strcmp(l->e->key, "assume"))
        free(name); /* the analysis has obeyed it */
    else if (!strcmp(l->e->key, "own"))
        name_add(&l->pick->own, name, "");
    else if (strpbrk(name, ", "))
        return wrong(l, "expected one name");
    else
        arrput(l->pick->devices, name);
    return true;
}

static bool on_native(struct line *l)
{
    char *end;
    unsigned long n = strtoul(l->e->value, &end, 10);

    if (!isdigit((unsigned char)*l->e->value) || *end || n < 1 || n > 1000000)
        return wrong(l, "expected the number of an object of the program");
    arrput(l->pick->natives, (unsigned)n);
    return true;
}

static bool on_direct(struct line *l)
{
    if (*l->e->value)
        return wrong(l, "expected nothing after direct");
    l->pick->direct = true;
    return true;
}

char *value_name(const struct value *v)
{
    return format("%s#%u", v->function, v->number);
}

/* `value F N V`, `expect F N V` */
static bool on_value(struct line *l)
{
    const char *rest;
    struct value v = {.function = first_word(l->e->value, &rest),
                      .checked = !strcmp(l->e->key, "expect")};
    struct lost x = {.how = LOST_VALUE};
    char *end = NULL;

    errno = 0;
    v.number = (unsigned)strtoul(rest, &end, 10);
    if (!isdigit((unsigned char)*rest) || *end != ' ' || errno)
        return wrong(l, "expected FUNCTION NUMBER VALUE");
    rest = end + 1;
    v.value = strtoll(rest, &end, 10);
    if (end == rest || *end || errno)
        return wrong(l, "expected FUNCTION NUMBER VALUE");
    arrput(l->pick->values, v);
    x.name = value_name(&v);
    x.why = format("value %lld", v.value);
    if (v.checked && arrlen(l->pick->lost) >= MAX_LOST)
        return wrong(l, "too many functions left out");
    if (v.checked)
        arrput(l->pick->lost, x);
    return true;
}

static const struct {
    const char *key;
    bool (*on)(struct line *);
} keys[] = {
    {"target", on_target}, {"component", on_component},
    {"module", on_module}, {"object", on_module},
    {"knob", on_knob},     {"cut", on_lost},
    {"drop", on_lost},     {"nosys", on_name},
    {"device", on_name},   {"set", on_name},
    {"late", on_name},     {"direct", on_direct},
    {"native", on_native}, {"own", on_name},
    {"assume", on_name},   {"without", on_name},
    {"value", on_value},   {"expect", on_value},
};

static bool obey(struct line *l)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (!strcmp(keys[i].key, l->e->key))
            return keys[i].on(l);
    return wrong(l, "unknown key");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct lost *)a)->name,
                  ((const struct lost *)b)->name);
}

static bool sort_lost(struct pick *p, const char *path)
{
    if (p->lost)
        qsort(p->lost, arrlenu(p->lost), sizeof *p->lost, by_name);
    for (size_t i = 1; i < arrlenu(p->lost); i++) {
        if (strcmp(p->lost[i].name, p->lost[i - 1].name) != 0)
            continue;
        error("%s: %s is left out twice", path, p->lost[i].name);
        return false;
    }
    return true;
}

static int by_call(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    int order = strcmp(x->function, y->function);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

size_t pick_lost(const struct pick *p, const char *name)
{
    struct lost key = {.name = (char *)(uintptr_t)name};
    const struct lost *x =
        bsearch(&key, p->lost, arrlenu(p->lost), sizeof *p->lost, by_name);

    return (size_t)(x - p->lost);
}

bool pick_parse(struct pick *p, const char *path, const char *text, size_t n)
{
    struct manifest m = {0};
    struct line l = {.pick = p, .path = path, .component = xstrdup("")};
    bool ok;

    *p = (struct pick){0};
    sh_new_arena(p->knobs);
    ok = manifest_parse(&m, path, text, n);
    for (size_t i = 0; ok && i < arrlenu(m.entries); i++) {
        l.e = &m.entries[i];
        ok = obey(&l);
    }
    if (ok && !p->platform) {
        error("%s: no target line", path);
        ok = false;
    }
    ok = ok && sort_lost(p, path);
    if (p->values)
        qsort(p->values, arrlenu(p->values), sizeof *p->values, by_call);
    manifest_free(&m);
    return ok;
}

long long pick_knob(const struct pick *p, const char *name, long long missing)
{
    struct knob *knobs = p->knobs;
    ptrdiff_t i = shgeti(knobs, KEY(name));

    return i < 0 ? missing : knobs[i].value;
}

bool pick_read(struct pick *p, const char *path)
{
    size_t n;
    char *text = file_read(path, &n);
    bool ok;

    if (!text) {
        error("%s: %s", path, file_why(path));
        return false;
    }
    ok = pick_parse(p, path, text, n);
    free(text);
    return ok;
}
