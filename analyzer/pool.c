/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool.c: the pool as the analyzer sees it: its index (who defines which
 * symbol, at how many bytes; who needs which), the manifests that were copied
 * beside it, and the names that late.a holds.
 *
 * Nothing is compiled or loaded here; modules are read when they are needed
 * (load.c). The index may be damaged or hostile: errors name file and line.
 */
#include "pool.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- the index ---- */

struct reader {
    struct pool *pool;
    struct component *component;
    struct pool_module *module;
};

/* A path inside the pool folder: relative, without `..`. */
static bool is_inside(const char *path)
{
    return path[0] && path[0] != '/' && !strstr(path, "..") &&
           !strpbrk(path, " \t\r");
}

static const char *read_component(struct reader *r, const char *path)
{
    if (!is_inside(path))
        return "expected a path inside the pool";
    if (pool_component(r->pool, path))
        return "the same component again";
    r->component = xcalloc(1, sizeof *r->component);
    r->component->path = xstrdup(path);
    r->module = NULL;
    arrput(r->pool->components, r->component);
    return NULL;
}

static const char *read_module(struct reader *r, const char *path)
{
    if (!r->component)
        return "a module before any component";
    if (!is_inside(path))
        return "expected a path inside the pool";
    if (!has_suffix(path, ".bc") && !has_suffix(path, ".o"))
        return "expected a module that ends in .bc or .o";
    r->module = xcalloc(1, sizeof *r->module);
    r->module->path = xstrdup(path);
    r->module->component = r->component;
    r->module->native = has_suffix(path, ".o");
    arrput(r->component->modules, r->module);
    return NULL;
}

static const char *read_def(struct reader *r, char *rest)
{
    char *name = strsep(&rest, " "), *kind = strsep(&rest, " ");
    char *end = NULL;
    unsigned long bytes = rest ? strtoul(rest, &end, 10) : 0;

    if (!r->module)
        return "a definition before any module";
    if (!*name || !kind || strlen(kind) != 1 || !strchr("fdwv", kind[0]) ||
        !rest || !*rest || *end || bytes > INT32_MAX)
        return "expected `def NAME f|d|w|v BYTES`";
    struct index_def d = {xstrdup(name), kind[0], (unsigned)bytes};
    arrput(r->module->defs, d);
    return NULL;
}

static const char *read_ref(struct reader *r, const char *name)
{
    if (!r->module)
        return "a reference before any module";
    if (!*name || strchr(name, ' '))
        return "expected `ref NAME`";
    arrput(r->module->refs, xstrdup(name));
    return NULL;
}

static const char *read_line(struct reader *r, char *line)
{
    if (has_prefix(line, "def "))
        return read_def(r, line + 4);
    if (has_prefix(line, "ref "))
        return read_ref(r, line + 4);
    if (has_prefix(line, "module "))
        return read_module(r, line + 7);
    if (has_prefix(line, "component "))
        return read_component(r, line + 10);
    return *line ? "expected component, module, def or ref" : NULL;
}

static void add_provider(struct pool *p, struct pool_module *m,
                         struct index_def *d)
{
    struct provider one = {m, d};
    struct provider *all = shget(p->names, d->name);

    arrput(all, one);
    shput(p->names, d->name, all);
}

bool pool_parse_index(struct pool *p, const char *path, char *text)
{
    struct reader r = {.pool = p};
    int number = 0;
    char *line;

    while ((line = strsep(&text, "\n"))) {
        const char *why = read_line(&r, line);
        number++;
        if (!why)
            continue;
        error("%s:%d: %s", path, number, why);
        return false;
    }
    sh_new_strdup(p->names);
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = p->components[i];
        for (size_t j = 0; j < arrlenu(c->modules); j++)
            for (size_t k = 0; k < arrlenu(c->modules[j]->defs); k++)
                add_provider(p, c->modules[j], &c->modules[j]->defs[k]);
    }
    return true;
}

/* ---- late.a: the armap of a System V archive ---- */

static size_t be32(const unsigned char *p)
{
    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* Takes the names out of the archive's symbol table, its first member. */
static void late_names(struct pool *p, const char *ar, size_t n)
{
    enum {
        HEAD = 8,
        MEMBER = 60,
        SIZE_AT = 48
    };
    const unsigned char *map = (const unsigned char *)ar + HEAD + MEMBER;
    size_t size, at;

    if (n < HEAD + MEMBER + 4 || memcmp(ar, "!<arch>\n", HEAD) != 0 ||
        memcmp(ar + HEAD, "/ ", 2) != 0)
        return;
    size = strtoul(ar + HEAD + SIZE_AT, NULL, 10);
    if (size > n - HEAD - MEMBER || size < 4)
        return;
    size_t count = be32(map);
    for (at = 4 + 4 * count; count && at < size; count--) {
        const char *name = (const char *)map + at;
        size_t length = strnlen(name, size - at);
        if (length == size - at)
            return;
        shput(p->late, KEY(name), 1);
        at += length + 1;
    }
}

static void read_late(struct pool *p)
{
    char *path = path_join(p->dir, "late.a");
    size_t n;
    char *ar = file_read(path, &n);

    sh_new_strdup(p->late);
    if (ar)
        late_names(p, ar, n);
    free(ar);
    free(path);
}

/* ---- manifests ---- */

static bool admits(char **list, const char *name)
{
    for (size_t i = 0; i < arrlenu(list); i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return arrlenu(list) == 0;
}

static bool read_manifest(const struct pool *p, struct component *c,
                          const char *platform, const char *arch)
{
    char *dir = path_join(p->dir, c->path);
    char *path = path_join(dir, "component");
    struct manifest m;
    bool ok = manifest_read(&m, path) && component_parse(c, &m);

    c->fits = admits(c->platforms, platform) && admits(c->archs, arch);
    manifest_free(&m);
    free(path);
    free(dir);
    return ok;
}

static int by_path(const void *x, const void *y)
{
    return strcmp((*(struct component *const *)x)->path,
                  (*(struct component *const *)y)->path);
}

/* A knob has one value in an image: two components must agree on it. */
static bool enter_knob(struct pool *p, const struct component *c,
                       struct knob *knob)
{
    const struct knob *k = shget(p->knobs, KEY(knob->name));

    if (!k) {
        shput(p->knobs, KEY(knob->name), knob);
        return true;
    }
    if (strcmp(expr_text(k->value), expr_text(knob->value)) == 0)
        return true;
    error("%s: knob %s is `%s` here and `%s` in another component", c->path,
          k->name, expr_text(knob->value), expr_text(k->value));
    return false;
}

static bool enter_knobs(struct pool *p)
{
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = p->components[i];
        for (size_t j = 0; c->fits && j < arrlenu(c->knobs); j++)
            if (!enter_knob(p, c, &c->knobs[j]))
                return false;
    }
    return true;
}

bool pool_read(struct pool *p, const char *dir, const char *platform,
               const char *arch)
{
    char *path = path_join(dir, "index");
    char *text = file_read(path, NULL);
    bool ok;

    *p = (struct pool){.dir = xstrdup(dir)};
    if (!text) {
        error("%s: %s, expected a pool made by unicore-pool", path,
              strerror(errno));
        return false;
    }
    ok = pool_parse_index(p, path, text);
    free(text);
    free(path);
    for (size_t i = 0; ok && i < arrlenu(p->components); i++)
        ok = read_manifest(p, p->components[i], platform, arch);
    if (!ok || !p->components)
        return ok;
    qsort(p->components, arrlenu(p->components), sizeof *p->components,
          by_path);
    read_late(p);
    return enter_knobs(p);
}

static void module_free(struct pool_module *m)
{
    for (size_t i = 0; i < arrlenu(m->defs); i++)
        free(m->defs[i].name);
    for (size_t i = 0; i < arrlenu(m->refs); i++)
        free(m->refs[i]);
    arrfree(m->defs);
    arrfree(m->refs);
    free(m->path);
    free(m);
}

void pool_free(struct pool *p)
{
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = p->components[i];
        for (size_t k = 0; k < arrlenu(c->modules); k++)
            module_free(c->modules[k]);
        arrfree(c->modules);
        component_free(c);
        free(c->path);
        free(c);
    }
    for (size_t i = 0; i < shlenu(p->names); i++)
        arrfree(p->names[i].value);
    shfree(p->names);
    shfree(p->late);
    shfree(p->knobs);
    arrfree(p->components);
    free(p->dir);
}

/* ---- questions ---- */

struct component *pool_component(const struct pool *p, const char *path)
{
    for (size_t i = 0; i < arrlenu(p->components); i++)
        if (strcmp(p->components[i]->path, path) == 0)
            return p->components[i];
    return NULL;
}

struct provider *pool_providers(struct pool *p, const char *name)
{
    return shget(p->names, KEY(name));
}

/* The knob that stands for the fact of the same name, or NULL. */
static struct knob *implied_knob(struct pool *p, const char *name)
{
    struct knob *k = NULL;
    char *fact = xstrdup(name);

    for (char *c = fact; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    if (fact_find(fact, strlen(fact)) >= 0) {
        k = xcalloc(1, sizeof *k);
        k->name = xstrdup(name);
        k->value = expr_parse(name, fact);
        shput(p->knobs, k->name, k);
        arrput(p->implied, k);
    }
    free(fact);
    return k;
}

struct knob *pool_knob(struct pool *p, const char *name)
{
    struct knob *k = shget(p->knobs, KEY(name));

    return k ? k : implied_knob(p, name);
}
