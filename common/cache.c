/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cache.c: where built things are kept, by the hash of what they are made of.
 *
 * An entry is a folder that is filled under another name and renamed, so one
 * that exists is whole. Locks are flock on a file beside the entries: the
 * kernel drops them when a process dies, so a kill leaves nothing stuck.
 */
#define _GNU_SOURCE
#include "common.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <xxhash.h>

enum {
    DAY = 24 * 60 * 60,
    CACHE_DAYS = 30,
};

/* sub in the folder that the variable names; NULL if it names none. */
static char *folder_of(const char *variable, const char *sub)
{
    const char *e = getenv(variable);

    return e && *e ? path_join(e, sub) : NULL;
}

const char *cache_root(void)
{
    static char *root;

    if (root)
        return root;
    root = folder_of("UNICORE_CACHE", "");
    if (!root)
        root = folder_of("XDG_CACHE_HOME", "unicore");
    if (!root)
        root = folder_of("HOME", ".cache/unicore");
    if (!root)
        die("no cache folder: set UNICORE_CACHE, XDG_CACHE_HOME or HOME");
    make_dirs(root);
    char *real = realpath(root, NULL);
    if (!real)
        die("%s: %s", root, strerror(errno));
    free(root);
    root = real;
    return root;
}

struct lock {
    int fd;
};

struct lock *cache_lock(const char *name)
{
    struct lock *l = xcalloc(1, sizeof *l);
    char *dir = path_join(cache_root(), "locks");
    char *file = xstrdup(name);

    for (char *p = file; *p; p++)
        if (*p == '/')
            *p = '+';
    make_dirs(dir);
    char *path = path_join(dir, file);
    l->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (l->fd < 0)
        die("%s: cannot lock: %s", path, strerror(errno));
    if (flock(l->fd, LOCK_EX | LOCK_NB) != 0) {
        progress("waiting for another run (%s)", name);
        while (flock(l->fd, LOCK_EX) != 0)
            if (errno != EINTR)
                die("%s: cannot lock: %s", path, strerror(errno));
    }
    free(path);
    free(file);
    free(dir);
    return l;
}

void cache_unlock(struct lock *l)
{
    close(l->fd);
    free(l);
}

/* Last used so long ago? No: a file that is not there. */
static bool is_old(const char *path, time_t seconds)
{
    struct stat st;

    return stat(path, &st) == 0 && st.st_mtime < time(NULL) - seconds;
}

void cache_used(const char *mark)
{
    utimensat(AT_FDCWD, mark, NULL, 0);
}

void cache_prune(const char *kind, const char *mark)
{
    const char *said = getenv("UNICORE_CACHE_DAYS");
    long days = said ? strtol(said, NULL, 10) : CACHE_DAYS;
    char *stamp = format("%s/stamp/prune-%s", cache_root(), kind);
    char *dir = path_join(cache_root(), kind), *above = path_dir(stamp);
    char **names = NULL;

    make_dirs(above);
    if (days > 0 && is_dir(dir) &&
        (!file_exists(stamp) || is_old(stamp, DAY))) {
        file_write(stamp, "", 0);
        names = dir_list(dir);
    }
    for (size_t i = 0; i < arrlenu(names); i++) {
        char *entry = path_join(dir, names[i]), *used = path_join(entry, mark);
        if (is_old(used, days * DAY))
            remove_tree(entry);
        free(used);
        free(entry);
        free(names[i]);
    }
    arrfree(names);
    free(above);
    free(stamp);
    free(dir);
}

struct hash {
    XXH3_state_t *state;
};

struct hash *hash_new(void)
{
    struct hash *h = xcalloc(1, sizeof *h);

    h->state = XXH3_createState();
    if (!h->state)
        die_ours("out of memory");
    XXH3_128bits_reset(h->state);
    return h;
}

void hash_add(struct hash *h, const void *p, size_t n)
{
    XXH3_128bits_update(h->state, p, n);
}

void hash_str(struct hash *h, const char *s)
{
    hash_add(h, s, strlen(s) + 1);
}

void hash_file(struct hash *h, const char *path)
{
    size_t n;
    char *p = file_read(path, &n);

    if (!p)
        die("%s: cannot read: %s", path, file_why(path));
    hash_add(h, &n, sizeof n);
    hash_add(h, p, n);
    free(p);
}

char *hash_end(struct hash *h)
{
    XXH128_hash_t v = XXH3_128bits_digest(h->state);
    char *s = format("%016llx%016llx", (unsigned long long)v.high64,
                     (unsigned long long)v.low64);

    XXH3_freeState(h->state);
    free(h);
    return s;
}
