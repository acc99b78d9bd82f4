/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_scan.c: the hash of everything an object is made of.
 *
 * Instead of asking the compiler which headers it read, the text of a source
 * is searched for #include lines, whatever #if is around them, and each is
 * looked up as the compiler would. That names more files than the compiler
 * reads, never fewer: a needless recompile is possible, a stale object is not.
 * (An include of a macro is only allowed where a header of the same component
 * defines it; then all headers of the component count.) Flags are hashed as
 * they stand in the manifest, so the place of the tree does not matter.
 * The compiler's own headers are covered by its version.
 */
#include "pool.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct include {
    char *name;
    bool quoted;
};
struct text {
    char *key; /* path */
    uint64_t hash[2];
    struct include *includes;
    bool macro; /* includes something by a macro */
};
static struct text *texts; /* stb_ds string map */

struct found {
    char *key;   /* dir NUL-less joined with name */
    char *value; /* path or NULL */
};

/* State of one component's scan. */
struct scan {
    const struct pool *pool;
    struct component *c;
    char **dirs;         /* search folders; relative ones are in the layers */
    struct found *found; /* memo of look-ups */
};

static const char *skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

static void parse_directive(struct text *t, const char *p)
{
    p = skip_blanks(p);
    if (!has_prefix(p, "include"))
        return;
    p += 7;
    if (has_prefix(p, "_next"))
        p += 5;
    p = skip_blanks(p);
    char end = *p == '<' ? '>' : *p == '"' ? '"' : 0;
    if (!end) {
        t->macro |= isalpha((unsigned char)*p) || *p == '_';
        return;
    }
    size_t n = 1;
    while (p[n] && p[n] != end && p[n] != '\n')
        n++;
    if (p[n] != end)
        return;
    struct include i = {xstrndup(p + 1, n - 1), end == '"'};
    arrput(t->includes, i);
}

static struct text *text_of(const char *path)
{
    ptrdiff_t at = shgeti(texts, KEY(path));
    size_t n;

    if (at >= 0)
        return &texts[at];
    char *p = file_read(path, &n);
    if (!p)
        die("%s: cannot read: %s", path, strerror(errno));
    struct text t = {.key = xstrdup(path)};
    for (const char *s = p; s && *s;) {
        s = skip_blanks(s);
        if (*s == '#')
            parse_directive(&t, s + 1);
        s = strchr(s, '\n');
        s = s ? s + 1 : NULL;
    }
    struct hash *h = hash_new();
    hash_add(h, p, n);
    char *hex = hash_end(h);
    memcpy(t.hash, hex, sizeof t.hash); /* the first 64 bits are plenty */
    free(hex);
    free(p);
    shputs(texts, t);
    at = shgeti(texts, KEY(path));
    return &texts[at];
}

/* dir/name, in the layers if dir is relative. NULL if there is none. */
static const char *look(struct scan *s, const char *dir, const char *name)
{
    char *joined = strcmp(dir, ".") ? path_join(dir, name) : xstrdup(name);
    ptrdiff_t at = shgeti(s->found, joined);

    if (at < 0) {
        char *path = joined[0] != '/' ? component_resolve(s->c, joined)
                     : file_exists(joined) && !is_dir(joined) ? xstrdup(joined)
                                                              : NULL;
        struct found f = {xstrdup(joined), path};
        shputs(s->found, f);
        at = shgeti(s->found, joined);
    }
    free(joined);
    return s->found[at].value;
}

struct seen {
    char *key; /* relative or absolute name */
};

static void visit(struct scan *s, const char *name, const char *path,
                  struct seen **seen);

static void visit_include(struct scan *s, const char *from,
                          const struct include *i, struct seen **seen)
{
    char *here = path_dir(from);
    const char *dir = here;
    const char *path = i->quoted ? look(s, here, i->name) : NULL;

    for (size_t d = 0; !path && d < arrlenu(s->dirs); d++) {
        dir = s->dirs[d];
        path = look(s, dir, i->name);
    }
    if (path) {
        char *name =
            strcmp(dir, ".") ? path_join(dir, i->name) : xstrdup(i->name);
        visit(s, name, path, seen);
        free(name);
    }
    free(here);
}

static void visit_all_headers(struct scan *s, struct seen **seen)
{
    for (size_t i = 0; i < arrlenu(s->c->files); i++) {
        const char *f = s->c->files[i];
        if (!has_suffix(f, ".h"))
            continue;
        char *path = component_resolve(s->c, f);
        if (path)
            visit(s, f, path, seen);
        free(path);
    }
}

static void visit(struct scan *s, const char *name, const char *path,
                  struct seen **seen)
{
    if (shgeti(*seen, KEY(name)) >= 0)
        return;
    struct seen one = {xstrdup(name)};
    shputs(*seen, one);
    struct text *t = text_of(path);
    struct include *includes = t->includes;
    if (t->macro)
        visit_all_headers(s, seen);
    for (size_t i = 0; i < arrlenu(includes); i++)
        visit_include(s, name, &includes[i], seen);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->key, ((const struct seen *)b)->key);
}

/* Names of the project's own files without the place of the tree. */
static const char *stable_name(const char *name)
{
    size_t n = strlen(source_root());

    if (!strncmp(name, source_root(), n) && name[n] == '/')
        return name + n;
    n = strlen(cache_root());
    return !strncmp(name, cache_root(), n) ? name + n : name;
}

static void hash_arch(struct hash *h, const struct arch *a)
{
    const char *const *const flags[] = {a->flags, a->image, a->bitcode};

    hash_str(h, a->name);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        for (const char *const *f = flags[i]; *f; f++)
            hash_str(h, *f);
}

static char *unit_hash(struct scan *s, struct unit *u)
{
    struct seen *seen = NULL, *sorted = NULL;
    struct hash *h = hash_new();
    char **flags = s->c->flag_sets[u->flags].flags;
    char *path = component_resolve(s->c, u->source);

    visit(s, u->source, path, &seen);
    hash_str(h, compiler_version());
    hash_str(h, s->c->name);
    hash_arch(h, s->pool->arch);
    hash_str(h, unit_ext(s->c, u));
    hash_str(h, u->source);
    for (size_t i = 0; i < arrlenu(flags); i++)
        hash_str(h, flags[i]);
    for (size_t i = 0; i < shlenu(seen); i++)
        arrput(sorted, seen[i]);
    if (sorted)
        qsort(sorted, arrlenu(sorted), sizeof *sorted, by_name);
    for (size_t i = 0; i < arrlenu(sorted); i++) {
        const char *real = sorted[i].key[0] == '/'
                               ? sorted[i].key
                               : look(s, ".", sorted[i].key);
        hash_str(h, stable_name(sorted[i].key));
        hash_add(h, text_of(real)->hash, sizeof texts->hash);
        free(sorted[i].key);
    }
    arrfree(sorted);
    shfree(seen);
    free(path);
    return hash_end(h);
}

static void search_folders(struct scan *s, const struct flag_set *set)
{
    arrsetlen(s->dirs, 0);
    for (size_t i = 0; i < arrlenu(set->flags); i++) {
        const char *f = set->flags[i];
        size_t skip = has_prefix(f, "-isystem") ? 8
                      : has_prefix(f, "-I")     ? 2
                                                : 0;
        if (skip)
            arrput(s->dirs, component_expand(s->pool, f + skip));
    }
}

void scan_component(const struct pool *p, struct component *c)
{
    struct scan s = {.pool = p, .c = c};
    int set = -1;

    for (size_t i = 0; i < arrlenu(c->units); i++) {
        struct unit *u = &c->units[i];
        if (set != u->flags)
            search_folders(&s, &c->flag_sets[set = u->flags]);
        u->hash = unit_hash(&s, u);
    }
    for (size_t i = 0; i < shlenu(s.found); i++)
        free(s.found[i].value);
    shfree(s.found);
    arrfree(s.dirs);
}
