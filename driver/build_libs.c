/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_libs.c: the libraries that a build misses, from their Debian sources.
 *
 * Which: a package among the program's Build-Depends whose name goes with the
 * header or -l that was not found, or with configure's last words; else
 * lib<header>-dev, or the source <header>. It is built as a program is, with
 * libraries of its own if need be, once, in app/<hash>/, and installed into
 * `installed` there.
 *
 * Of headers that glibc has and musl has not, a few are ours (driver/headers)
 * or newlib's: what a program takes from them needs no library.
 *
 * From the first library on, the program has a sysroot of its own in its entry:
 * the common one and what its libraries install; libc's files win. So the
 * build finds them where it looks for libc, and nothing of this machine's.
 */
#define _GNU_SOURCE
#include "build.h"

#include "deb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- which ---- */

/* libpcre2-dev: pcre; zlib1g-dev: zlib; libc-ares-dev: c-ares. */
static char *key_of(const char *package)
{
    const char *from = has_prefix(package, "lib") ? package + 3 : package;
    size_t n = strlen(from);

    if (has_suffix(package, "-dev"))
        n -= 4;
    if (n > 2 && from[n - 1] == 'g' && isdigit((unsigned char)from[n - 2]))
        n--;
    while (n > 2 && strchr("0123456789.-", from[n - 1]))
        n--;
    return xstrndup(from, n);
}

static bool says(const char *text, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = text; (p = strcasestr(p, name)); p++)
        if (!isalpha((unsigned char)p[n]) &&
            (p == text || !isalnum((unsigned char)p[-1])))
            return n > 2;
    return false;
}

/* How well a package goes with what is missing: more is better. */
static int fits(const char *package, const char *missing, const char *words)
{
    char *key = key_of(package), *lib = format("lib%s", key);
    int how = 0;

    if (missing && !strcasecmp(missing, key))
        how = 4;
    else if (missing && strlen(key) > 2 && strcasestr(missing, key))
        how = 3;
    else if (missing && ((strlen(missing) > 2 && strcasestr(key, missing)) ||
                         (strlen(key) > 1 && has_prefix(missing, key))))
        how = 2; /* bzlib.h: libbz2-dev */
    else if (!missing && (says(words, key) || says(words, lib)))
        how = 1;
    free(lib);
    free(key);
    return how;
}

bool libs_tried(const struct build *b, const char *package)
{
    for (size_t i = 0; i < arrlenu(b->libs_tried); i++)
        if (!strcmp(b->libs_tried[i], package))
            return true;
    return false;
}

/* As packages are called; NULL: it was tried. */
static char *untried(const struct build *b, char *name)
{
    for (char *p = name; *p; p++)
        *p = (char)(*p == '_' ? '-' : tolower((unsigned char)*p));
    return libs_tried(b, name) ? NULL : name;
}

/* Of a header's name, where Build-Depends has none, or one that others provide.
 */
static char *guess(const struct build *b, const char *missing)
{
    char *name = untried(b, format("lib%s-dev", missing));

    return name ? name : untried(b, xstrdup(missing));
}

static char *choose(const struct build *b, const char *dir, const char *missing,
                    const char *words)
{
    char **all = b->debian ? deb_libraries(dir) : NULL, *best = NULL;
    int most = 0;

    for (size_t i = 0; i < arrlenu(all); i++) {
        int how = libs_tried(b, all[i]) ? 0 : fits(all[i], missing, words);
        if (how > most) {
            most = how;
            best = all[i];
        }
    }
    return best || !missing ? best : guess(b, missing);
}

/* ---- building and installing one ---- */

static bool installs(const char *makefile)
{
    return strstr(makefile, "PREFIX") || strstr(makefile, "prefix");
}

/* The folder that make was run in, and whether it was told the prefix. */
static char *made_in(const struct build *b, bool *told)
{
    char *cmake = path_join(b->work, "unicore-build");
    char *script = path_join(b->work, "configure");
    char *other = path_join(b->work, "Configure");

    *told = is_dir(cmake) || file_exists(script) || file_exists(other);
    free(script);
    free(other);
    if (is_dir(cmake))
        return cmake;
    free(cmake);
    return xstrdup(b->work);
}

static bool installed(const struct build *b)
{
    char *include = path_join(b->prefix, "include");
    bool is = is_dir(include);

    free(include);
    return is;
}

/* The parts that matter, if the Makefile can install them alone. */
static const char *install_target(const char *makefile)
{
    static const char *const targets[] = {"install_dev", "install_sw"};

    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        char *rule = format("\n%s:", targets[i]);
        bool has_it = strstr(makefile, rule) != NULL;

        free(rule);
        if (has_it)
            return targets[i];
    }
    return "install";
}

/* build.wanted of a library: is it installed? Installs it. */
static bool library_wanted(const struct build *b)
{
    bool told;
    char *dir = made_in(b, &told), *path = path_join(dir, "Makefile");
    char *text = file_read(path, NULL);
    const char *argv[] = {"make", "-k", NULL, NULL, NULL, NULL};

    if (text && !installed(b) && (told || installs(text))) {
        argv[2] = install_target(text);
        argv[3] = told ? NULL : format("PREFIX=%s", b->prefix);
        argv[4] = told ? NULL : format("prefix=%s", b->prefix);
        build_step(b, dir, argv);
    }
    free(text);
    free(path);
    free(dir);
    return installed(b);
}

/* The folder that the library is installed in, or NULL. */
static char *library(const struct build *user, const char *package)
{
    char *source = deb_source_or_none(package);
    struct build b = {.name = package,
                      .arch = user->arch,
                      .sysroot = user->common,
                      .common = user->common,
                      .jobs = user->jobs,
                      .depth = user->depth + 1,
                      .debian = true,
                      .wanted = library_wanted};
    bool done, ok;

    if (!source)
        return NULL;
    struct hash *h = build_hash(&b);
    hash_str(h, "library");
    hash_str(h, package);
    tree_hash(h, source);
    b.plus = plus_in_tree(source);
    struct lock *lock = entry_open(&b, h, &done);
    b.prefix = path_join(b.dir, "installed");
    if (!done) {
        build_any(&b, source);
        b.failed = !installed(&b);
        entry_done(&b);
    }
    ok = installed(&b);
    cache_unlock(lock);
    if (!ok)
        warn("%s: its library %s does not build (see %s)", user->name, package,
             b.log);
    return ok ? b.prefix : NULL;
}

/* ---- the program's sysroot ---- */

static void copy(const char *from, const char *to)
{
    char *all = path_join(from, ".");
    const char *argv[] = {"cp", "-rln", all, to, NULL};

    if (is_dir(from)) {
        make_dirs(to);
        if (run(argv, NULL) != 0)
            die("%s: cannot be copied to %s", from, to);
    }
    free(all);
}

/* libtool's files name folders, and what they say the archives are used for
 * pkg-config says too. */
static void drop_libtool(const char *dir)
{
    char **names = dir_list(dir);

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = path_join(dir, names[i]);

        if (has_suffix(names[i], ".la"))
            unlink(path);
        free(path);
        free(names[i]);
    }
    arrfree(names);
}

void libs_add_folder(struct build *b, const char *prefix)
{
    static const char *const parts[][2] = {
        {"include", "include"}, {"lib", "lib"}, {"lib64", "lib"},
        {"share", "share"},     {"bin", "bin"},
    };
    char *own = path_join(b->dir, "sysroot");

    if (strcmp(b->sysroot, own) != 0) {
        copy(b->common, own);
        b->sysroot = own;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *from = path_join(prefix, parts[i][0]);
        char *to = path_join(own, parts[i][1]);

        if (is_dir(from))
            drop_libtool(from);
        copy(from, to);
        free(from);
        free(to);
    }
    arrsetlen(b->env, 0);
    build_environment(b);
}

/* ---- all of it ---- */

enum {
    WORDS = 12,
    DEEPEST = 4
};

bool libs_add(struct build *b, const char *dir)
{
    char *missing = build_missing(b), *words = build_last_words(b, WORDS);
    char *package, *prefix = NULL;

    if (headers_add(b))
        return true;
    while (b->depth < DEEPEST && !prefix &&
           (package = choose(b, dir, missing, words))) {
        arrput(b->libs_tried, package);
        progress("%s: its library %s", b->name, package);
        prefix = library(b, package);
    }
    if (prefix)
        libs_add_folder(b, prefix);
    free(missing);
    free(words);
    return prefix != NULL;
}
