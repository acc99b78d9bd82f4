/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_casts.c: what becomes of a captured program's function pointers, as
 * unicore-scan finds it: programs/<name>/casts-<hash of unicore-scan>. Made
 * when it is first asked for; a program whose casts are not all known keeps
 * the file that says so.
 *
 * Modules that were not compiled here have no file: their sources may be
 * others by now.
 */
#include "build.h"
#include "capture.h"

#include <stdlib.h>
#include <string.h>

static char *file_of(const struct capture_result *r, const char *scan)
{
    struct hash *h = hash_new();
    char *key, *path;

    hash_file(h, scan);
    key = hash_end(h);
    path = format("%s/casts-%.12s", r->dir, key);
    free(key);
    return path;
}

static bool make(const struct capture_result *r, const char *scan,
                 const char *path)
{
    const char *argv[] = {scan,
                          "--casts",
                          path,
                          "--program",
                          r->dir,
                          "--jobs",
                          format("%d", r->jobs),
                          NULL};
    const char *env[] = {format("UNICORE_SYSROOT=%s", r->sysroot),
                         format("UNICORE_ARCH=%s", r->arch), NULL};
    struct run how = {.env = env};

    progress("%s: casts of function pointers", r->name);
    return run(argv, &how) == 0;
}

/* Says why the file is of no use. */
static void tell(const struct capture_result *r, const char *path)
{
    char *text = file_read(path, NULL);
    char *line = text ? strstr(text, "unknown ") : NULL;

    if (line)
        note("%s: not all of its casts of function pointers are known: %.*s",
             r->name, (int)strcspn(line + 8, "\n"), line + 8);
    free(text);
}

char *capture_casts(const struct capture_result *r)
{
    char *scan = path_join(bin_dir(), "unicore-scan"), *path;
    char *name = format("%s", r->dir + strlen(cache_root()) + 1);
    struct lock *lock;
    bool ok;

    if (r->prebuilt || strcmp(r->libc, "musl") != 0) {
        if (verbosity > 0)
            note("%s: its casts of function pointers are not known: it was "
                 "not compiled here",
                 r->name);
        return NULL;
    }
    path = file_of(r, scan);
    lock = cache_lock(name);
    ok = file_exists(path) || make(r, scan, path);
    cache_unlock(lock);
    progress_end();
    if (ok && verbosity > 0)
        tell(r, path);
    free(scan);
    free(name);
    return ok ? path : NULL;
}
