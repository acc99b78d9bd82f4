/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_any.c: a tree by whatever build system it has, in the order in which
 * a person would try: as upstream ships it; with a configure made anew; without
 * the patches that are for debian/rules; with the build tools that the package
 * names; with the libraries that it says it misses (build_libs.c), which are
 * the most work.
 */
#define _GNU_SOURCE
#include "build.h"

#include "deb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST_LIBRARIES = 20,
    DEEPEST_FOLDER = 2
};

static bool has(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    bool is = file_exists(path);

    free(path);
    return is;
}

static bool has_makefile(const char *dir)
{
    return has(dir, "Makefile") || has(dir, "makefile") ||
           has(dir, "GNUmakefile");
}

/* The script that is run before make, or NULL. */
static const char *script_of(const char *dir)
{
    static const char *const names[] = {"configure", "Configure",
                                        "configure.sh"};

    if (has(dir, "configure.ac"))
        return names[0]; /* it can be made */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (has(dir, names[i]))
            return names[i];
    return NULL;
}

static bool has_system(const char *dir)
{
    return script_of(dir) || has_makefile(dir) || has(dir, "CMakeLists.txt") ||
           has(dir, "meson.build");
}

/* Documents and debian/ can have makefiles, too. */
static bool is_beside(const char *name)
{
    static const char *const names[] = {"debian", "doc",      "docs",   "test",
                                        "tests",  "examples", "contrib"};
    bool is = false;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is |= !strcmp(name, names[i]);
    return is;
}

/* What a folder without a build system has instead: src/, else the only one
 * below it that has one; NULL if it is a program without. */
static char *folder_below(const char *dir, int depth)
{
    char **names = dir_list(dir), *only = NULL, *src = NULL;
    int found = 0;

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = path_join(dir, names[i]);

        if (has_suffix(names[i], ".c") || plus_is_source(names[i]))
            return NULL;
        if (is_beside(names[i]) || !is_dir(path))
            continue;
        if (!has_system(path))
            path = depth > 1 ? folder_below(path, depth - 1) : NULL;
        if (path && !strcmp(names[i], "src"))
            src = path;
        else if (path && !found++)
            only = path;
    }
    return src ? src : found == 1 ? only : NULL;
}

/* A script that makes all by itself, with $CC and the like; or NULL. */
static const char *maker_of(const char *dir)
{
    static const char *const names[] = {"Build.sh", "build.sh", "make.sh"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (has(dir, names[i]))
            return names[i];
    return NULL;
}

/* By its own interpreter, if it says which; one that fails leaves nothing. */
static bool build_script(struct build *b, const char *script)
{
    char *path = path_join(b->work, script);
    char *before = format("%s.before", b->work);
    const char **argv = NULL;
    bool ok;

    tree_copy(b->work, before);
    if (access(path, X_OK) != 0)
        arrput(argv, "sh");
    arrput(argv, path);
    build_put_options(b, &argv);
    arrput(argv, NULL);
    ok = !build_step(b, b->work, argv) && b->wanted(b);
    if (!ok) {
        remove_tree(b->work);
        if (rename(before, b->work) != 0)
            die_ours("%s: %s", before, strerror(errno));
        b->failed = false;
    }
    remove_tree(before);
    arrfree(argv);
    free(before);
    free(path);
    return ok;
}

static bool build_plain(struct build *b)
{
    char **c = NULL, **names = dir_list(b->work);
    bool any = false;

    for (size_t i = 0; i < arrlenu(names); i++) {
        bool is = has_suffix(names[i], ".c") || plus_is_source(names[i]);
        any |= is;
        if (is || has_suffix(names[i], ".S") || has_suffix(names[i], ".s"))
            arrput(c, names[i]);
    }
    if (any)
        return build_files(b, b->work, c);
    die("%s: no configure, Makefile, CMakeLists.txt, meson.build, .c or .cc "
        "file in the folder",
        b->name);
}

/* A Makefile beside CMakeLists.txt that only calls cmake: it knows nothing of
 * the toolchain file. Another may well list a folder of that name. */
static bool is_front(const char *dir)
{
    char *path = path_join(dir, "Makefile"), *save = NULL;
    char *text = file_read(path, NULL);
    bool is = false;

    for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line && !is;
         line = strtok_r(NULL, "\n", &save))
        if (line[0] == '\t') {
            line += strspn(line, "\t @-");
            is = has_prefix(line, "cmake ");
        }
    free(text);
    free(path);
    return is;
}

/* By what the folder has; a hand-made Makefile comes after configure. */
static bool build_folder(struct build *b, const char *dir)
{
    if (has_makefile(dir) && tree_has_objects(dir))
        build_clean(b, dir);
    if (script_of(dir))
        return build_autotools(b, dir, script_of(dir));
    if (has(dir, "CMakeLists.txt") && (!has_makefile(dir) || is_front(dir)))
        return build_cmake(b, dir);
    if (has(dir, "meson.build") && !has_makefile(dir))
        return build_meson(b, dir);
    return build_make(b, dir);
}

/* A program for many systems: unix/Makefile is meant to be run from here. */
static void take_unix(const struct build *b)
{
    char *from = path_join(b->work, "unix/Makefile");
    char *to = path_join(b->work, "Makefile");
    size_t n;
    char *text = file_read(from, &n);

    file_write(to, text, n);
    free(text);
    free(from);
    free(to);
}

static bool build_tree(struct build *b)
{
    char *below = NULL;

    if (!has_system(b->work) && has(b->work, "unix/Makefile"))
        take_unix(b); /* zip */
    if (has_system(b->work))
        return build_folder(b, b->work);
    if (maker_of(b->work) && build_script(b, maker_of(b->work)))
        return true; /* mksh */
    below = folder_below(b->work, DEEPEST_FOLDER);
    return below ? build_folder(b, below) : build_plain(b);
}

static void copy_anew(const struct build *b, const char *dir)
{
    remove_tree(b->work);
    tree_copy(dir, b->work);
}

static bool try(struct build *b, const char *dir)
{
    copy_anew(b, dir);
    b->failed = false;
    return build_tree(b) && b->wanted(b);
}

static void forget(struct build *b)
{
    unlink(b->log);
    unlink(b->commands);
    b->failed = error_syntax = false;
}

static bool build_ways(struct build *b, const char *dir)
{
    bool ok = try(b, dir);

    if (ok || !has(dir, "debian/patches/series"))
        return ok || b->wanted(b);
    if (has(dir, "configure") && has(dir, "configure.ac")) {
        copy_anew(b, dir);
        if (build_autoreconf(b, b->work) && build_tree(b) && b->wanted(b))
            return true;
    }
    copy_anew(b, dir);
    return build_unpatch(b) && build_tree(b) && b->wanted(b);
}

bool build_any(struct build *b, const char *dir)
{
    bool ok = build_ways(b, dir);

    if (!ok && b->debian && deb_tools_install(b->name, dir)) {
        forget(b);
        ok = build_ways(b, dir);
    }
    for (int n = 0; !ok && n < MOST_LIBRARIES && libs_add(b, dir); n++) {
        forget(b);
        ok = try(b, dir);
    }
    return ok;
}
