/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_plus.c: sources in C++ in a build, and the libc++ that it gets.
 *
 * A build without such a source may ask whether there is a C++ compiler, and
 * gets one without a library (UNICORE_PLUS=none): what libc++ is made from is
 * fetched for programs that have some C++. Library and compiler are not in an
 * entry's key, which so stays what it is for C: an entry notes them.
 */
#define _GNU_SOURCE
#include "build.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool plus_is_source(const char *s)
{
    static const char *const endings[] = {".cpp", ".cc",  ".cxx",
                                          ".c++", ".CPP", ".C"};
    bool is = false;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        is |= has_suffix(s, endings[i]);
    return is;
}

static int visit(const char *path, const struct stat *st, int type,
                 struct FTW *ftw)
{
    (void)st, (void)ftw;
    return type == FTW_F && plus_is_source(path);
}

bool plus_in_tree(const char *dir)
{
    return nftw(dir, visit, 32, FTW_PHYS) == 1;
}

const char *plus_compiler(const char *path)
{
    return plus_is_source(path) ? "unicore-c++" : "unicore-cc";
}

/* The folder of libc++ for the arch, built if missing; NULL: said why. */
static const char *library(const char *arch)
{
    static const char *found, *of;
    char *pool = path_join(bin_dir(), "unicore-pool");
    const char *argv[] = {pool, "--arch", arch, "c++", NULL};
    struct buf out = {0};

    if (!of || strcmp(of, arch) != 0) {
        int status = run_capture(argv, NULL, &out);
        out.p[strcspn(out.p, "\n")] = 0;
        found = status ? NULL : out.p;
        of = arch;
    }
    free(pool);
    return found;
}

static char *note_of(const struct build *b)
{
    return path_join(b->dir, "c++");
}

/* Names the library and the compiler; NULL: there is none. */
static char *what_builds(const struct build *b)
{
    const char *folder = library(b->arch);
    char *compiler = path_join(bin_dir(), "unicore-c++"), *key, *note;
    struct hash *h = hash_new();

    hash_file(h, compiler);
    key = hash_end(h);
    note = folder ? format("%s %s", folder, key) : NULL;
    free(key);
    free(compiler);
    return note;
}

bool plus_entry(const struct build *b, bool failed)
{
    char *path = note_of(b), *text = file_read(path, NULL);
    char *now = b->plus && (text || failed) ? what_builds(b) : NULL;
    bool same = !now || (text && !strcmp(text, now));

    free(now);
    free(text);
    free(path);
    return same;
}

void plus_note(const struct build *b)
{
    char *now = b->plus ? what_builds(b) : NULL, *path = note_of(b);

    if (now)
        file_write(path, now, strlen(now));
    free(now);
    free(path);
}

char *plus_variable(const struct build *b)
{
    const char *now = b->plus && !b->find ? library(b->arch) : NULL;

    return format("UNICORE_PLUS=%s", now ? now : "none");
}
