/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_component.c: from manifests to the list of sources to compile.
 *
 * A component's sources lie in up to four layers: its overlay (for our own
 * components: its folder), a folder that it shares with others (`base`), what
 * its `prepare` script made, and the unpacked third-party source. A path exists
 * if one layer has it; the first wins, for headers too. <arch>/x.c, .s or .S
 * replaces x.c and x.S beside that folder.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <ftw.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "deb.h"

char **split_words(const char *s)
{
    char **words = NULL;

    while (*s) {
        size_t n = strcspn(s, " \t");

        if (n)
            arrput(words, xstrndup(s, n));
        s += n;
        s += strspn(s, " \t");
    }
    return words;
}

/* Appends the words of every entry with this key. */
static char **all_words(const struct manifest *m, const char *key)
{
    char **all = NULL;

    for (size_t i = 0; i < arrlenu(m->entries); i++) {
        if (strcmp(m->entries[i].key, key) != 0)
            continue;
        char **words = split_words(m->entries[i].value);
        for (size_t j = 0; j < arrlenu(words); j++)
            arrput(all, words[j]);
        arrfree(words);
    }
    return all;
}

/* ---- finding ---- */

static void find(struct pool *p, const char *name)
{
    char *dir = path_join(source_root(), name);
    char *file = path_join(dir, "component");

    if (file_exists(file)) {
        struct component c = {.name = xstrdup(name), .dir = xstrdup(dir)};
        if (!manifest_read(&c.manifest, file))
            exit(1);
        c.native = manifest_get(&c.manifest, "native");
        arrput(p->components, c);
    }
    char **names = dir_list(dir);
    for (size_t i = 0; i < arrlenu(names); i++) {
        char *sub = path_join(name, names[i]);
        char *path = path_join(source_root(), sub);
        if (is_dir(path))
            find(p, sub);
        free(path);
        free(sub);
        free(names[i]);
    }
    arrfree(names);
    free(file);
    free(dir);
}

/* `only arch=a,b` must name the arch; other words are not ours to judge. */
static bool is_for_arch(const struct component *c, const char *arch)
{
    char **only = all_words(&c->manifest, "only");
    bool ok = true;

    for (size_t i = 0; i < arrlenu(only); i++) {
        if (!has_prefix(only[i], "arch="))
            continue;
        ok = false;
        for (char *a = strtok(only[i] + 5, ","); a; a = strtok(NULL, ","))
            ok |= !strcmp(a, arch);
    }
    return ok;
}

struct component *component_find(const struct pool *p, const char *name)
{
    for (size_t i = 0; i < arrlenu(p->components); i++)
        if (!strcmp(p->components[i].name, name))
            return &p->components[i];
    die("%s: no such component", name);
}

/* ---- layers ---- */

/* The unpacked source in the cache, if there is one version: needs no apt. */
static char *source_of(const char *package)
{
    char *pattern = format("%s/src/%s-[0-9]*", cache_root(), package);
    char *dir = NULL;
    glob_t g;

    if (glob(pattern, 0, NULL, &g) == 0 && g.gl_pathc == 1)
        dir = xstrdup(g.gl_pathv[0]);
    globfree(&g);
    free(pattern);
    return dir ? dir : deb_source(package);
}

static char *third_party(struct component *c)
{
    const char *value = manifest_get(&c->manifest, "source");

    c->source_id = xstrdup("");
    if (!value)
        return NULL;
    char **words = split_words(value);
    if (!has_prefix(words[0], "deb:"))
        die("%s: source %s: expected deb:PACKAGE", c->manifest.path, value);
    char *dir = source_of(words[0] + 4);
    c->source_id = xstrdup(path_base(dir));
    if (arrlen(words) > 1)
        dir = path_join(dir, words[1]);
    if (!is_dir(dir))
        die("%s: source %s: no folder %s", c->manifest.path, value, dir);
    return dir;
}

static char *run_prepare(const char **argv, const char *name)
{
    char *dir = path_join(cache_root(), name);
    char *tmp = format("%s/tmp/prepare-%d", cache_root(), (int)getpid());
    char *parent = path_dir(dir);

    if (!is_dir(dir)) {
        argv[3] = tmp;
        remove_tree(tmp);
        make_dirs(tmp);
        make_dirs(parent);
        if (run(argv, NULL) != 0)
            die("%s: failed", argv[1]);
        if (rename(tmp, dir) != 0 && !is_dir(dir))
            die("%s: %s", dir, strerror(errno));
    }
    free(parent);
    free(tmp);
    return dir;
}

/*
 * Runs `prepare SCRIPT [FILE...]` as sh SCRIPT SOURCE OUT ARCH FILE..., once
 * per content of the script and the files.
 */
static char *prepare(const struct pool *p, struct component *c,
                     const char *source)
{
    const char *value = manifest_get(&c->manifest, "prepare");
    const char **argv = NULL;

    if (!value)
        return NULL;
    char **words = split_words(value);
    char *script = path_join(c->dir, words[0]);
    struct hash *h = hash_new();
    hash_str(h, c->source_id);
    hash_str(h, p->arch->folder);
    hash_file(h, script);
    arrput(argv, "sh");
    arrput(argv, script);
    arrput(argv, source ? source : "");
    arrput(argv, ""); /* OUT */
    arrput(argv, p->arch->folder);
    for (size_t i = 1; i < arrlenu(words); i++) {
        char *file = component_expand(p, words[i]);
        hash_file(h, file);
        arrput(argv, file);
    }
    arrput(argv, NULL);
    char *hash = hash_end(h), *name = format("prepared/%s", hash);
    char *dir = run_prepare(argv, name);
    free(name);
    free(hash);
    arrfree(argv);
    arrfree(words);
    return dir;
}

static size_t walk_skip; /* nftw() passes no context */
static char **walk_files;

static int walk_one(const char *path, const struct stat *st, int type,
                    struct FTW *ftw)
{
    (void)st, (void)ftw;
    if (type == FTW_F || type == FTW_SL)
        arrput(walk_files, xstrdup(path + walk_skip));
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_files(struct component *c)
{
    size_t n = 0;

    walk_files = NULL;
    for (int i = 0; i < MAX_LAYERS && c->layers[i]; i++) {
        walk_skip = strlen(c->layers[i]) + 1;
        nftw(c->layers[i], walk_one, 32, FTW_PHYS);
    }
    if (walk_files)
        qsort(walk_files, arrlenu(walk_files), sizeof *walk_files, by_text);
    for (size_t i = 0; i < arrlenu(walk_files); i++)
        if (!n || strcmp(walk_files[n - 1], walk_files[i]) != 0)
            walk_files[n++] = walk_files[i];
    if (walk_files)
        arrsetlen(walk_files, n);
    c->files = walk_files;
}

static bool is_word(char **words, const char *s)
{
    for (size_t i = 0; i < arrlenu(words); i++)
        if (!strcmp(words[i], s))
            return true;
    return false;
}

/*
 * What components share is not to be replaced by one of them unseen: the files
 * at `sub` of both are those of `replace`. How many there are.
 */
static size_t count_replaced(const struct component *c, const char *base,
                             const char *sub, char **replace)
{
    char *dir = *sub ? path_join(base, sub) : xstrdup(base);
    char **names = dir_list(dir);
    size_t n = 0;

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = *sub ? path_join(sub, names[i]) : xstrdup(names[i]);
        char *own = path_join(c->dir, path), *its = path_join(base, path);
        if (is_dir(its)) {
            n += count_replaced(c, base, path, replace);
        } else if (file_exists(own) && strcmp(path, "component") != 0) {
            if (!is_word(replace, path))
                die("%s: a file of base %s has that name, and `replace` does "
                    "not say so",
                    own, base);
            n++;
        }
        free(path);
        free(own);
        free(its);
        free(names[i]);
    }
    arrfree(names);
    free(dir);
    return n;
}

static void check_base(const struct component *c, const char *base)
{
    char **replace = all_words(&c->manifest, "replace");
    size_t n = count_replaced(c, base, "", replace);

    if (n != arrlenu(replace))
        die("%s: replace: %zu files found that are here and in base %s, "
            "expected %zu",
            c->manifest.path, n, base, arrlenu(replace));
    arrfree(replace);
}

static void make_layers(const struct pool *p, struct component *c)
{
    const char *overlay = manifest_get(&c->manifest, "overlay");
    const char *base = manifest_get(&c->manifest, "base");
    char *source = third_party(c);
    int n = 0;

    if (overlay || !source)
        c->layers[n++] = overlay ? path_join(c->dir, overlay) : c->dir;
    if (base) {
        c->layers[n] = path_join(c->dir, base);
        check_base(c, c->layers[n++]);
    }
    c->prepared = prepare(p, c, source);
    if (c->prepared)
        c->layers[n++] = c->prepared;
    if (source)
        c->layers[n++] = source;
    list_files(c);
}

char *component_resolve(const struct component *c, const char *relative)
{
    for (int i = 0; i < MAX_LAYERS && c->layers[i]; i++) {
        char *path = path_join(c->layers[i], relative);
        if (access(path, R_OK) == 0 && !is_dir(path))
            return path;
        free(path);
    }
    return NULL;
}

/* ---- units ---- */

static bool matches(char **patterns, const char *path)
{
    for (size_t i = 0; i < arrlenu(patterns); i++)
        if (fnmatch(patterns[i], path, FNM_PATHNAME) == 0)
            return true;
    return false;
}

static char **patterns_of(const struct pool *p, const struct component *c,
                          const char *key)
{
    char **g = all_words(&c->manifest, key);

    for (size_t i = 0; i < arrlenu(g); i++)
        g[i] = component_expand(p, g[i]);
    return g;
}

const char *unit_ext(const struct component *c, const struct unit *u)
{
    return u->assembly || c->native ? "o" : "bc";
}

bool component_is_native(const struct component *c, const char *product)
{
    return c->native && !strcmp(c->native, product);
}

static bool is_assembly(const char *path)
{
    return has_suffix(path, ".s") || has_suffix(path, ".S");
}

/* Does the picked file at `by` (dir/arch/x.*) replace `path` (dir/x.*)? */
static bool replaces(const char *by, const char *path, const char *arch)
{
    char *want = NULL;
    const char *slash = strrchr(path, '/');
    size_t dir = slash ? (size_t)(slash - path) + 1 : 0;
    const char *base = path + dir, *dot = strrchr(base, '.');

    want =
        format("%.*s%s/%.*s.", (int)dir, path, arch, (int)(dot - base), base);
    bool yes = has_prefix(by, want) && !strchr(by + strlen(want), '/') &&
               !strchr(by + strlen(want), '.');
    free(want);
    return yes;
}

static int flags_for(const struct component *c, const char *path)
{
    for (size_t i = 1; i < arrlenu(c->flag_sets); i++)
        if (fnmatch(c->flag_sets[i].glob, path, FNM_PATHNAME) == 0)
            return (int)i;
    return 0;
}

static bool is_replaced(char **picked, const char *path, const char *arch)
{
    for (size_t i = 0; i < arrlenu(picked); i++)
        if (replaces(picked[i], path, arch))
            return true;
    return false;
}

static void make_units(const struct pool *p, struct component *c)
{
    char **want = patterns_of(p, c, "files");
    char **not = patterns_of(p, c, "exclude");
    char **picked = NULL, **arch_files = NULL;
    char *in_arch = format("*%s/*", p->arch->folder);

    if (!want) {
        char **own = split_words("*.c *.S $ARCH/*.c $ARCH/*.S");
        for (size_t i = 0; i < arrlenu(own); i++)
            arrput(want, component_expand(p, own[i]));
    }
    for (size_t i = 0; i < arrlenu(c->files); i++) {
        if (!matches(want, c->files[i]) || matches(not, c->files[i]))
            continue;
        arrput(picked, c->files[i]);
        if (fnmatch(in_arch, c->files[i], 0) == 0)
            arrput(arch_files, c->files[i]);
    }
    for (size_t i = 0; i < arrlenu(picked); i++) {
        const char *s = picked[i];
        if (is_replaced(arch_files, s, p->arch->folder))
            continue;
        struct unit u = {.source = s, .assembly = is_assembly(s)};
        u.module =
            format("%.*s.%s", (int)(strrchr(s, '.') - s), s, unit_ext(c, &u));
        u.flags = flags_for(c, s);
        arrput(c->units, u);
    }
    free(in_arch);
    arrfree(arch_files);
    arrfree(picked);
}

/* ---- all of them ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct component *)a)->name,
                  ((const struct component *)b)->name);
}

/* A native product needs its own components and musl's headers. */
static bool is_needed(const struct component *c, const char *product)
{
    return !product || component_is_native(c, product) ||
           !strcmp(c->name, "libpool/libc/musl");
}

void component_all(struct pool *p, const char *product)
{
    static const char *const roots[] = {"arch", "libpool", "platforms"};
    struct component *mine = NULL;

    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        find(p, roots[i]);
    for (size_t i = 0; i < arrlenu(p->components); i++)
        if (is_for_arch(&p->components[i], p->arch->name) &&
            is_needed(&p->components[i], product))
            arrput(mine, p->components[i]);
    arrfree(p->components);
    p->components = mine;
    if (mine)
        qsort(mine, arrlenu(mine), sizeof *mine, by_name);
    for (size_t i = 0; i < arrlenu(mine); i++) {
        progress("pool: reading %s", mine[i].name);
        make_layers(p, &mine[i]);
        flags_make(&mine[i]);
        make_units(p, &mine[i]);
    }
}
